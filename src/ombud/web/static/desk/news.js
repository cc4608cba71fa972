// What others do, as it reaches the queue: nothing that one reads moves because of it.
import { stale } from "./details.js";
import { DEEDS, sentence, when, who } from "./words.js";

const MOMENT = 1_000;

/** Lets a queue hear the live stream. */
export function hear(queue) {
  const { items, rulings, desk } = queue;
  const { live } = desk;
  const on = (name, heard) => live.addEventListener(name, ({ detail }) => heard(detail));

  // Where one stood for its copies, the next one takes its place; many at once are one look.
  let wait = 0;
  const next = () => {
    clearTimeout(wait);
    wait = setTimeout(() => catchUp(queue).catch((error) => desk.fail(error)), MOMENT);
  };

  on("held", (item) => {
    stale(item.id);
    if (!rulings.ruled(item.id)) items.arrive(item);
  });
  on("ruled", (item) => {
    const { ruling } = item;
    const mine = ruling && who(ruling.by) === desk.me.name;
    if (item.campaign?.held > 0) next();
    const here = item.state === items.filters?.state;
    // What this tab has ruled on is gone already, and the answer to it says all there is to say.
    if (here ? rulings.ruled(item.id) : mine && rulings.knows(item.id)) {
      items.forget(item.id);
      return;
    }
    stale(item.id);
    if (here) {
      items.arrive(item);
      return;
    }
    const known = items.find(item.id);
    if (!known) {
      items.take(item.id);
      return;
    }
    if (item.id === queue.current) {
      // The open one stays on the page until its reader goes on.
      queue.past.set(item.id, { ...known, ...item });
      queue.left = items.take(item.id);
      queue.open_.tell(ruling ? `${sentence(DEEDS[ruling.action] ?? ruling.action)} by ${who(ruling.by)}, ${when(ruling.at)}. Go on with j.` : "Ruled meanwhile. Go on with j.", "gone");
      queue.claims.leave(true);
      queue.draw();
      return;
    }
    // Colleagues rule all day long; worth a word is only what one was about to rule on.
    if (ruling && queue.selected.has(item.id)) {
      desk.note(`${who(ruling.by)} ${DEEDS[ruling.action] ?? ruling.action} the comment by ${item.author?.name ?? "a reader"}, which you had selected.`);
    }
    items.take(item.id);
  });
  on("claimed", ({ id, by, until }) => {
    items.change(id, { claim: { by, until } });
    if (id === queue.current && who(by) !== desk.me.name && queue.item) queue.held({ id });
  });
  on("released", ({ id }) => {
    items.change(id, { claim: null });
    if (id === queue.current && queue.item && queue.node.isConnected && queue.claims.id !== id) queue.open(id);
  });
  on("flagged", (item) => {
    stale(item.id);
    items.arrive(item);
  });
  on("withdrawn", ({ id }) => {
    stale(id);
    if (items.filters?.state === "approved") items.take(id);
  });
  live.addEventListener("clauses", () => {
    queue.bar.renew();
    queue.filters.renew();
    if (queue.unbind) queue.bind();
    queue.draw();
  });
  live.addEventListener("gap", () => catchUp(queue).catch((error) => desk.fail(error)));
}

/** Compares the list with the server's after a time without news. */
async function catchUp({ items, rulings, current }) {
  const missed = new items.constructor();
  if (!items.filters) return;
  await missed.load(items.filters);
  for (const { id } of missed.list) stale(id);
  items.compare(missed, current, (id) => rulings.ruled(id));
}
