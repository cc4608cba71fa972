// The queue: the list, the open comment, and what the keys and buttons do with them.
import { bindings } from "./bindings.js";
import { opposite } from "./context.js";
import { detail } from "./details.js";
import { askClause, askWords } from "./dialogs.js";
import { Filters, read, written } from "./filters.js";
import { advance, offer, step } from "./going.js";
import { layout } from "./layout.js";
import { List } from "./list.js";
import { hear } from "./news.js";
import { OpenComment } from "./open.js";
import { comeBack } from "./returning.js";
import { Rulebar } from "./rulebar.js";
import { Slips } from "./slips.js";
import { count, DEEDS, plain, sentence, STATES, when, who } from "./words.js";

const STATE_OF = { approve: "approved", delete: "deleted" };
const AHEAD = 10;
const LOOK = 20_000;
const AT_ONCE = 500;
const GLANCE = 1_000;

export class Queue {
  constructor(desk) {
    const { items, rulings, claims } = desk;
    Object.assign(this, { desk, items, rulings, claims, current: null, left: 0, offered: null, selected: new Set(), past: new Map() });
    this.filters = new Filters(desk, (filters) => desk.go(written(filters)));
    this.list = new List(desk.me.name, { open: (id) => this.open(id), choose: (id, on) => this.select(id, on) });
    this.open_ = new OpenComment(desk);
    this.deeds = {
      approve: () => this.rule("approve"),
      remove: () => this.remove(),
      other: () => this.other(),
      cite: (rule) => this.rule("delete", rule),
      undo: () => this.undo(),
      escalate: () => this.escalate(),
      note: () => this.bar.write(),
      select: () => this.current && this.select(this.current, !this.selected.has(this.current)),
      next: () => step(this, 1),
      previous: () => step(this, -1),
    };
    this.bar = new Rulebar(desk.clauses, this.deeds);
    this.slips = new Slips(desk.title, (slip) => this.undo(slip));
    Object.assign(this, layout(this));
    items.addEventListener("change", () => this.draw());
    rulings.addEventListener("change", () => this.draw());
    rulings.addEventListener("back", ({ detail: given }) => comeBack(this, given));
    claims.addEventListener("refused", ({ detail: given }) => this.held(given));
    claims.addEventListener("claimed", ({ detail: { id, by, until } }) => items.change(id, { claim: { by, until } }));
    hear(this);
    setInterval(() => this.look(), LOOK);
  }

  get item() {
    return this.items.find(this.current) ?? this.past.get(this.current) ?? null;
  }

  /** Shows what an address asks for. */
  async renew(query) {
    const filters = read(query);
    this.filters.show(filters);
    if (this.items.filters && written(filters) === written(this.items.filters)) return;
    this.letGo();
    await this.items.load(filters);
    for (const one of this.items.list.filter((item) => this.rulings.ruled(item.id) && item.state === "held")) this.items.take(one.id);
    this.openFirst();
  }

  /** Binds the keys, each to what it does now. */
  bind() {
    this.unbind?.();
    this.unbind = this.desk.keys.bind(bindings(this));
  }

  openFirst() {
    this.current = null;
    if (offer(this, 0)) return;
    const [first] = this.items.list;
    if (first) this.open(first.id);
    else this.nothing();
  }

  open(id) {
    if (id !== this.current) {
      this.past.clear();
      this.offered = null;
    }
    this.current = id;
    const { item } = this;
    if (!item) return;
    this.open_.show(item);
    if (this.closed(item)) this.held({ id });
    else if (this.open_.banner.classList.contains("held")) this.open_.tell("");
    if (item.state === "held" && !this.closed(item)) this.claims.open(id);
    else this.claims.leave();
    this.unfold(false);
    this.draw();
    const next = this.items.list[this.items.place(id) + 1];
    if (next) detail(next.id).catch(() => {});
    if (this.items.place(id) > this.items.list.length - AHEAD) this.more();
  }

  nothing() {
    this.current = null;
    this.claims.leave();
    const { state } = this.items.filters ?? {};
    this.open_.empty(state === "held" ? "Nothing waits for a ruling." : "No comment is like that.");
    this.draw();
  }

  /** Whether it is not theirs to rule on now: somebody else holds it, or it waits for an editor. */
  closed(item) {
    return this.taken(item) || Boolean(item?.escalated && !this.desk.may("editor"));
  }

  /** Whether somebody else holds a comment now. */
  taken(item) {
    return Boolean(item?.claim && who(item.claim.by) !== this.desk.me.name && Date.parse(item.claim.until) > Date.now());
  }

  held({ id, error }) {
    if (id !== this.current) return;
    // Two went on to the same comment at the same moment: who came second has read nothing yet.
    const unread = this.offered > Date.now() - GLANCE && !this.claims.held;
    if (unread && offer(this, this.items.place(id), id)) return;
    if (this.closed(this.item)) this.open_.tell(this.whose(this.item), "held");
    else if (error) this.open_.tell(plain(error), "held");
  }

  /** Time passes: ages grow, and claims of others end. */
  look() {
    if (!this.node.isConnected) return;
    if (this.item && this.open_.banner.classList.contains("held") && !this.closed(this.item)) this.open(this.current);
    else this.draw();
  }

  /** Says why a comment is not theirs to rule on. */
  whose(item) {
    return this.taken(item) ? `${who(item.claim.by)} has this comment open. Leave it to them, or come back after ${when(item.claim.until)}.`
      : "This comment waits for an editor.";
  }

  advance(place) {
    advance(this, place);
  }

  targets() {
    if (this.selected.size) return this.items.list.filter((item) => this.selected.has(item.id));
    return this.item ? [this.item] : [];
  }

  suggested() {
    const clauses = new Set(this.targets().map((item) => item.suggested?.clause ?? null));
    return clauses.size === 1 ? [...clauses][0] : null;
  }

  remove() {
    const clause = this.suggested();
    if (clause) this.rule("delete", clause);
    else this.other();
  }

  async other() {
    if (!this.targets().length) return;
    const ids = this.targets().map((item) => item.id).join();
    const clause = await askClause(this.desk.clauses, this.suggested());
    if (clause && ids === this.targets().map((item) => item.id).join()) this.rule("delete", clause);
  }

  rule(action, clause = null) {
    const targets = this.targets();
    const free = targets.filter((item) => !this.closed(item) && !(this.past.has(item.id) && !this.items.find(item.id)));
    if (!free.length) {
      const [item] = targets;
      if (item && this.closed(item)) this.desk.note(`Not ruled. ${this.whose(item)}`);
      else if (item) {
        const deed = item.ruling ? `${DEEDS[item.ruling.action]} by ${who(item.ruling.by)}` : "ruled on";
        this.desk.note(`The comment by ${item.author?.name ?? "a reader"} was ${deed} already; yours did not count.`);
        this.advance(this.left);
      }
      return;
    }
    if (free.some((item) => item.state === STATE_OF[action])) {
      this.desk.note(`That is ${STATE_OF[action]} already.`);
      return;
    }
    const kept = targets.length - free.length;
    const against = free.length === 1 && this.open_.id === free[0].id ? opposite(this.open_.given?.alike, action) : "";
    const place = Math.max(0, this.items.place(this.current));
    this.letGo();
    if (free.some((item) => item.id === this.current)) this.claims.leave(true);
    const note = this.bar.taken();
    for (let at = 0; at < free.length; at += AT_ONCE) this.rulings.rule(free.slice(at, at + AT_ONCE), action, clause, note);
    this.advance(place);
    const next = this.item ? `Next: ${this.item.author?.name ?? "a reader"}.` : "";
    this.desk.say(`${sentence(DEEDS[action])}${free.length > 1 ? ` ${free.length} comments` : ""}. ${next}`);
    if (kept) this.desk.note(`${count(kept, "comment")} of those selected ${kept === 1 ? "is" : "are"} not yours to rule on, and left alone.`);
    if (against) this.desk.note(`${sentence(DEEDS[action])}, but ${against[0].toLowerCase()}${against.slice(1)}`, { deed: ["Undo", () => this.undo()] });
  }

  undo(slip) {
    const undone = this.rulings.undo(slip);
    if (!undone) this.desk.note("There is no ruling of yours to undo here.");
    else this.desk.say("Taken back.");
  }

  async escalate() {
    const { item } = this;
    if (!item) return;
    const note = await askWords("Escalate to an editor", {
      label: "What should the editor look at?", hint: "The comment stays held until an editor rules.", deed: "Escalate",
    });
    if (!note || this.current !== item.id) return;
    const place = this.items.place(item.id);
    this.claims.leave(true);
    this.rulings.escalate(item, note);
    this.advance(place);
    this.desk.say("Escalated.");
  }

  select(id, on) {
    if (on) this.selected.add(id);
    else this.selected.delete(id);
    this.draw();
  }

  selectAll() {
    const free = this.items.list.filter((item) => !this.closed(item));
    const every = free.every((item) => this.selected.has(item.id));
    this.selected = new Set(every ? [] : free.map((item) => item.id));
    this.draw();
  }

  letGo() {
    this.selected.clear();
    this.draw();
  }

  merge() {
    const none = !this.items.find(this.current);
    if (document.activeElement === this.fresh) this.list.focus();
    this.items.merge();
    if (none) this.openFirst();
  }

  more() {
    return this.items.more().catch((error) => this.desk.fail(error));
  }

  /** On a phone the list is folded away while one reads. */
  unfold(open = !this.node.classList.contains("unfolded")) {
    this.node.classList.toggle("unfolded", open);
    this.fold.setAttribute("aria-expanded", String(open));
  }

  draw() {
    const { list, fresh, next, filters } = this.items;
    this.selected = new Set([...this.selected].filter((id) => this.items.find(id)));
    this.list.draw(list, this.current, this.selected);
    const { item } = this;
    if (item && this.open_.id === item.id) this.open_.show(item);
    this.fresh.hidden = !fresh.size;
    this.fresh.textContent = `${fresh.size} new`;
    this.tail.hidden = !next;
    this.all.hidden = !list.length;
    const place = this.items.place(this.current) + 1;
    const size = `${place ? `${place} of ` : ""}${this.items.count.toLocaleString("en-GB")} ${(STATES[filters?.state] ?? "").toLowerCase()}`;
    if (this.size.textContent !== size) this.size.textContent = size;
    if (this.node.isConnected) document.title = `${this.items.count.toLocaleString("en-GB")} ${filters?.state ?? ""} – Ombud desk`;
    this.bar.show({
      item, selected: [...this.selected], suggested: this.suggested(), undoable: this.rulings.log.some((slip) => ["waiting", "done"].includes(slip.state)),
      able: Boolean(this.targets().length) && !(item && !this.selected.size && this.closed(item)),
    });
    this.slips.show(this.rulings.log);
  }
}

let queue = null;

/** Opens the queue; it is kept as it was while other pages of the desk are open. */
export default async function view(desk, _, query) {
  if (queue?.desk.me !== desk.me) queue = new Queue(desk);
  await queue.renew(query);
  queue.bind();
  return {
    title: "Queue", className: "wide", node: queue.node,
    shown: () => queue.item && queue.open(queue.current),
    renew: (given) => queue.renew(given).catch((error) => desk.fail(error)),
    leave: () => {
      queue.unbind = queue.unbind();
      queue.claims.leave();
    },
  };
}
