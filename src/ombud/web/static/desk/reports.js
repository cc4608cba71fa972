// Reports of errors: those overdue first, so that none is forgotten.
import { get, query } from "./api.js";
import { h, link, select, time } from "./dom.js";
import { end, proposed } from "./proposals.js";
import { count, date, short, when } from "./words.js";

export const STANDS = {
  open: "Open", investigating: "Being looked into", answered: "Answered", corrected: "Corrected", clarified: "Clarified",
  no_error: "No error", not_ours: "Not ours", withdrawn: "Withdrawn",
};
export const CLOSED = ["corrected", "clarified", "no_error", "not_ours", "withdrawn"];
export const KINDS = {
  fact: "Fact", emphasis: "Emphasis", spelling: "Spelling or grammar", link_or_caption: "Link or caption", opinion: "Opinion",
  not_about_us: "Not about us",
};
const SOURCES = { comment: "a comment", form: "the form", email: "a mail", coral: "Coral" };
const [PAGE, MOMENT] = [50, 400];
const WHOSE = [["", "With anybody"], ["me", "With me"], ["nobody", "With nobody"]];
const FILTERS = ["state", "held_by", "outlet", "q"];
/** Where the list was left: what it showed, which report was the current one, and its place. */
const left = { filters: {}, current: null, at: 0 };

/** The address of the list as it was left. */
export const listed = () => `/desk/reports${query(left.filters)}`;
const ANY = [["", "All"], ["open", STANDS.open], ["investigating", STANDS.investigating], ["answered", STANDS.answered], ["proposed", "Second editor"]];

/** Where a report stands, and until when; what is overdue says so. */
export function standing(one) {
  if (one.unheard) return h("strong", { class: "fault" }, "The reader wrote again after the answer");
  if (one.overdue) return h("strong", { class: "fault" }, one.due_at < new Date().toISOString() ? "Overdue: no answer in time" : "Overdue: nobody took it up");
  if (one.state === "answered") return h("span", {}, "Answered ", time(one.answered_at, when(one.answered_at)));
  return h("span", {}, `${STANDS[one.state]}, due `, time(one.due_at, date(one.due_at)));
}

/** By whom and how a report came. */
export function origin(one) {
  return [`From ${short(one.name ?? "") || "somebody"}, by `, one.comment ? link(`/desk/comments/${one.comment}`, SOURCES.comment) : SOURCES[one.source], ", ", time(one.at, when(one.at))];
}

function row(one, outlets, current, press) {
  const waits = one.assertions.filter(({ status }) => !CLOSED.includes(status)).length;
  return h("li", { class: one.overdue || one.unheard ? "deleted" : one.state === "answered" ? "approved" : "held", "aria-current": current ? "true" : null, onclick: (event) => press(one.id, event) },
    h("p", { class: "hint" }, link(`/desk/reports/${one.id}`, `Report ${one.id}`), " · ", standing(one), one.replied && h("strong", { class: "fault" }, " · The reader wrote again"), one.proposed && h("strong", {}, " · A second editor has to agree"), one.assigned_to && ` · with ${one.assigned_to}`),
    h("p", { class: "said", dir: "auto" }, short(one.text ?? "The text was erased.", 300)),
    h("p", { class: "hint", dir: "auto" }, "About ", one.title ? short(one.title, 120) : "an article that is not known yet", outlets.length > 1 && ` · ${outlets.find(({ id }) => id === one.outlet)?.name ?? one.outlet}`),
    h("p", { class: "hint" }, `${count(one.assertions.length, "assertion")}, ${waits} open. `, origin(one)));
}

export default async function view(desk, _, asked) {
  const list = h("ol", { class: "said-list campaigns" });
  const of = (name) => asked.get(name) ?? "";
  const none = h("p", {}, of("state") === "proposed" ? "No report waits for a second editor." : "Nothing is here.");
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const outlets = desk.outlets ?? [];
  const chosen = {
    state: select(ANY, of("state"), { "aria-label": "State" }), held_by: select(WHOSE, of("held_by"), { "aria-label": "With whom" }),
    outlet: select([["", "All outlets"], ...outlets.map(({ id, name }) => [id, name])], of("outlet"), { "aria-label": "Outlet" }),
    q: h("input", { type: "search", value: of("q"), maxlength: 400, "aria-label": "Words of the report", placeholder: "Words of the report" }),
  };
  const filters = Object.fromEntries(FILTERS.map((name) => [name, chosen[name].value]));
  const again = JSON.stringify(filters) === JSON.stringify(left.filters);
  const mails = link("/desk/post", "Post");
  const late = h("p", { class: "fault loud", role: "status" });
  const unpublished = h("ul", { class: "said-list campaigns proposals" });
  let [items, next, current] = [[], null, null];
  if (!again) Object.assign(left, { filters, current: null, at: 0 });
  let wait = 0;
  const draw = () => {
    current ??= items.find(({ id, state }) => id === left.current && state !== "answered")?.id ?? null;
    // Where one that was answered stood, the next one stands.
    if (!items.some(({ id }) => id === current)) current = items[Math.min(left.at, items.length - 1)]?.id ?? null;
    Object.assign(left, { current, at: Math.max(0, items.findIndex(({ id }) => id === current)) });
    list.replaceChildren(...items.map((one) => row(one, outlets, one.id === current, open)));
    none.hidden = items.length > 0;
    more.hidden = !next;
  };
  const choose = (id) => {
    if (id === current) return;
    current = id;
    draw();
  };
  const open = (id, event) => {
    choose(id);
    if (!event.target.closest("a") && !String(getSelection())) desk.go(`/desk/reports/${id}`);
  };
  const load = async (after = null) => {
    const answer = await get(`/api/reports${query({ ...filters, after })}`);
    items = after ? [...items, ...answer.reports] : answer.reports;
    next = answer.next;
    mails.textContent = answer.post ? `Post: ${count(answer.post, "mail")} to be read` : "Post";
    late.textContent = answer.overdue ? `${count(answer.overdue, "report")} ${answer.overdue === 1 ? "is" : "are"} overdue: answer ${answer.overdue === 1 ? "it" : "these"} first.` : "";
    if (next && items.length <= left.at) await load(next);
    else draw();
  };
  // Also what no report led to, as when another program proposes it.
  const propose = async () => {
    const { proposals } = await get("/api/proposals");
    const press = (deed, one) => end(deed, one, one.now).then((done) => done && propose()).catch((error) => desk.fail(error));
    unpublished.replaceChildren(...proposals.map((one) => h("li", { class: "held" },
      h("p", { class: "hint", dir: "auto" }, "About ", link(`/desk/articles/${one.article}`, short(one.title, 120))), proposed(one, { desk, now: one.now, press }))));
  };
  const step = (by) => {
    const at = items.findIndex(({ id }) => id === current) + by;
    if (!items[at]) return desk.say(by > 0 ? "This is the last one." : "This is the first one.");
    choose(items[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
    return desk.say(`Report ${items[at].id}: ${short(items[at].text ?? "")}`);
  };
  const go = () => desk.go(`/desk/reports${query(Object.fromEntries(FILTERS.map((name) => [name, chosen[name].value.trim()])))}`);
  for (const name of ["state", "held_by", "outlet"]) chosen[name].addEventListener("change", go);
  more.addEventListener("click", () => load(next).catch((error) => desk.fail(error)));
  const one = (words, press, again = false) => ({ words, press, again });
  const unbind = desk.keys.bind([
    ["j", one("Next report", () => step(1), true)], ["k", one("Previous report", () => step(-1), true)],
    ["Enter", one("Open the report", (event) => {
      const on = event.target.closest("a, button, summary");
      if (on) on.click();
      else if (current) desk.go(`/desk/reports/${current}`);
    })],
    ["/", one("Search", () => chosen.q.focus())],
  ]);
  await Promise.all([load(), propose()]);
  // What has been read on does not move; a first page is drawn anew.
  const heard = () => {
    clearTimeout(wait);
    wait = setTimeout(() => items.length <= PAGE && load().catch((error) => desk.fail(error)), MOMENT);
  };
  for (const name of ["report", "mail", "gap"]) desk.live.addEventListener(name, heard);
  const changed = () => propose().catch((error) => desk.fail(error));
  for (const name of ["correction", "gap"]) desk.live.addEventListener(name, changed);
  const leave = () => {
    unbind();
    clearTimeout(wait);
    for (const name of ["correction", "gap"]) desk.live.removeEventListener(name, changed);
    for (const name of ["report", "mail", "gap"]) desk.live.removeEventListener(name, heard);
  };
  const form = h("form", { class: "field filters", role: "search" }, chosen.q, h("button", { type: "button", onclick: () => go() }, "Search"), chosen.state, chosen.held_by, outlets.length > 1 && chosen.outlet);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  const node = h("div", {}, h("div", { class: "heading" }, h("h1", { tabindex: -1 }, "Corrections"), form),
    h("p", { class: "hint" }, "Readers’ reports of errors. Every one is looked into and answered; nothing closes by itself. ", link("/corrections", "What was published"), " · ", mails),
    late, unpublished, list, none, more);
  const shown = () => again && list.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  return { title: "Corrections", node, leave, shown };
}
