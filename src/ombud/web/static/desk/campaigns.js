// Campaigns: comments nearly the same as one thing, the weightiest first, and articles under a flood.
import { get, query } from "./api.js";
import { h, link, time } from "./dom.js";
import { deeds, Sweeps } from "./sweeps.js";
import { count, percent, short, when } from "./words.js";

const MOMENT = 1_000;

/** Who, where and since when, in one line. */
export function size(one) {
  return [count(one.comments, "comment"), `from ${count(one.readers, "reader")}`, `under ${count(one.articles, "article")}`,
    one.least_likeness === 1 ? "all the same" : `at least ${percent(one.least_likeness)} alike`].join(", ");
}

function flood({ article, rate, usual }) {
  const usually = usual >= 0.1 ? `usually ${usual < 1 ? usual.toFixed(1) : Math.round(usual)}` : "usually hardly any";
  return h("li", {}, link(`/desk/articles/${article.id}`, article.title || "An article"), ` gets ${count(rate, "comment")} a minute, ${usually}.`);
}

function row(one, current, choose) {
  return h("li", { class: one.held ? "held" : "ruled", "aria-current": current ? "true" : null, onclick: () => choose(one.id) },
    h("p", { class: "hint" }, link(`/desk/campaigns/${one.id}`, `Campaign ${one.id}`), " · ",
      h("strong", {}, one.held ? `${one.held.toLocaleString("en-GB")} held` : "Nothing held"), " · since ", time(one.opened_at, when(one.opened_at)),
      one.outlets.length > 1 && ` · ${one.outlets.join(", ")}`, one.quoted && [" ", h("span", { class: "tag" }, "quotation")]),
    h("p", { class: "said", dir: "auto" }, short(one.text ?? "The text was erased.", 300)),
    h("p", {}, `${size(one)}.`), one.why.length > 0 && h("ul", { class: "reasons" }, one.why.map((why) => h("li", {}, why))));
}

export default async function view(desk) {
  const heading = h("h1", { tabindex: -1 }, "Campaigns");
  const lead = h("p", { class: "hint" }, "Comments that are nearly the same, as one thing. What speaks for one hand moves a campaign up; nothing is deleted because of it.");
  const list = h("ol", { class: "said-list campaigns" });
  const floods = h("section", { class: "block", "aria-label": "Flooded articles", hidden: true });
  const none = h("p", {}, "No comment was repeated often enough to be a campaign.");
  const more = h("button", { type: "button", hidden: true }, "Show more");
  let [items, next, current, wait] = [[], null, null, 0];
  const now = () => items.find((one) => one.id === current);
  const draw = () => {
    if (!now()) current = items[0]?.id ?? null;
    list.replaceChildren(...items.map((one) => row(one, one.id === current, choose)));
    none.hidden = items.length > 0;
    more.hidden = !next;
  };
  const choose = (id) => {
    if (id === current) return;
    current = id;
    draw();
  };
  const load = async (after = null) => {
    const answer = await get(`/api/campaigns${query({ after })}`);
    items = after ? [...items, ...answer.campaigns.filter(({ id }) => !items.some((one) => one.id === id))] : answer.campaigns;
    next = answer.next;
    floods.hidden = !answer.floods.length;
    floods.replaceChildren(h("h2", {}, "Articles under a flood"), h("ul", {}, answer.floods.map(flood)));
    draw();
  };
  const again = () => load().catch((error) => desk.fail(error));
  more.addEventListener("click", () => load(next).catch((error) => desk.fail(error)));
  const sweeps = new Sweeps(desk, again);
  const step = (by) => {
    const at = items.findIndex((one) => one.id === current) + by;
    if (!items[at]) {
      desk.say(by > 0 ? "This is the last one." : "This is the first one.");
      return;
    }
    choose(items[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
    desk.say(`Campaign ${items[at].id}: ${size(items[at])}.`);
  };
  const one = (words, press, repeated = false) => ({ words, press, again: repeated });
  const unbind = desk.keys.bind([
    ["j", one("Next campaign", () => step(1), true)], ["k", one("Previous campaign", () => step(-1), true)],
    ["Enter", one("Open the campaign", (event) => {
      const on = event.target.closest("a, button, summary");
      if (on) on.click();
      else if (current) desk.go(`/desk/campaigns/${current}`);
    })],
    ["a", one("Approve all that is held of it", () => sweeps.approve(now()))],
    ["d", one("Delete all that is held of it, citing a clause", () => sweeps.remove(now()))],
    ["u", one("Undo the last ruling on it", () => sweeps.undo(now()))],
  ]);
  // Many comments at once are one look at the list.
  const heard = () => {
    clearTimeout(wait);
    wait = setTimeout(() => !sweeps.busy && again(), MOMENT);
  };
  for (const name of ["campaign", "flood", "gap"]) desk.live.addEventListener(name, heard);
  await load();
  const leave = () => {
    unbind();
    clearTimeout(wait);
    for (const name of ["campaign", "flood", "gap"]) desk.live.removeEventListener(name, heard);
  };
  const bar = deeds(sweeps, now, () => sweeps.undo(now()));
  return { title: "Campaigns", node: h("div", {}, heading, lead, floods, bar, sweeps.place, list, none, more), leave };
}
