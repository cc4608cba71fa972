// Reports of errors: those overdue first, so that none is forgotten.
import { get, query } from "./api.js";
import { h, link, select, time } from "./dom.js";
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
const ANY = [["", "All"], ["open", STANDS.open], ["investigating", STANDS.investigating], ["answered", STANDS.answered]];

/** Where a report stands, and until when; what is overdue says so. */
export function standing(one) {
  if (one.unheard) return h("strong", { class: "fault" }, "The reader wrote again after the answer");
  if (one.overdue) return h("strong", { class: "fault" }, one.due_at < new Date().toISOString() ? "Overdue: no answer in time" : "Overdue: nobody took it up");
  if (one.state === "answered") return h("span", {}, "Answered ", time(one.answered_at, when(one.answered_at)));
  return h("span", {}, `${STANDS[one.state]}, due `, time(one.due_at, date(one.due_at)));
}

/** By whom and how a report came. */
export function origin(one) {
  return [`From ${one.name ?? "somebody"}, by `, one.comment ? link(`/desk/comments/${one.comment}`, SOURCES.comment) : SOURCES[one.source], ", ", time(one.at, when(one.at))];
}

function row(one, current, choose) {
  const open = one.assertions.filter(({ status }) => ["open", "investigating"].includes(status)).length;
  return h("li", { class: one.overdue || one.unheard ? "deleted" : one.state === "answered" ? "approved" : "held", "aria-current": current ? "true" : null, onclick: () => choose(one.id) },
    h("p", { class: "hint" }, link(`/desk/reports/${one.id}`, `Report ${one.id}`), " · ", standing(one), one.replied && h("strong", { class: "fault" }, " · The reader wrote again"), one.assigned_to && ` · with ${one.assigned_to}`),
    h("p", { class: "said", dir: "auto" }, short(one.text ?? "The text was erased.", 300)),
    h("p", { class: "hint" }, `${count(one.assertions.length, "assertion")}, ${open} open. `, origin(one)));
}

export default async function view(desk, _, asked) {
  const state = STANDS[asked.get("state")] ? asked.get("state") : "";
  const list = h("ol", { class: "said-list campaigns" });
  const none = h("p", {}, "Nothing is here.");
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const chosen = select(ANY, state, { "aria-label": "State" });
  const mails = link("/desk/post", "Post");
  const late = h("p", { class: "fault loud", role: "status" });
  let [items, next, current] = [[], null, null];
  let wait = 0;
  const draw = () => {
    current ??= items[0]?.id ?? null;
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
    const answer = await get(`/api/reports${query({ state, after })}`);
    items = after ? [...items, ...answer.reports] : answer.reports;
    next = answer.next;
    mails.textContent = answer.post ? `Post: ${count(answer.post, "mail")} to be read` : "Post";
    late.textContent = answer.overdue ? `${count(answer.overdue, "report")} ${answer.overdue === 1 ? "is" : "are"} overdue: answer ${answer.overdue === 1 ? "it" : "these"} first.` : "";
    draw();
  };
  const step = (by) => {
    const at = items.findIndex(({ id }) => id === current) + by;
    if (!items[at]) return desk.say(by > 0 ? "This is the last one." : "This is the first one.");
    choose(items[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
    return desk.say(`Report ${items[at].id}: ${short(items[at].text ?? "")}`);
  };
  chosen.addEventListener("change", () => desk.go(`/desk/reports${query({ state: chosen.value })}`));
  more.addEventListener("click", () => load(next).catch((error) => desk.fail(error)));
  const one = (words, press, again = false) => ({ words, press, again });
  const unbind = desk.keys.bind([
    ["j", one("Next report", () => step(1), true)], ["k", one("Previous report", () => step(-1), true)],
    ["Enter", one("Open the report", (event) => {
      const on = event.target.closest("a, button");
      if (on) on.click();
      else if (current) desk.go(`/desk/reports/${current}`);
    })],
  ]);
  await load();
  // What has been read on does not move; a first page is drawn anew.
  const heard = () => {
    clearTimeout(wait);
    wait = setTimeout(() => items.length <= PAGE && load().catch((error) => desk.fail(error)), MOMENT);
  };
  for (const name of ["report", "mail", "gap"]) desk.live.addEventListener(name, heard);
  const leave = () => {
    unbind();
    clearTimeout(wait);
    for (const name of ["report", "mail", "gap"]) desk.live.removeEventListener(name, heard);
  };
  const node = h("div", {}, h("div", { class: "heading" }, h("h1", { tabindex: -1 }, "Corrections"), h("p", { class: "field" }, chosen)),
    h("p", { class: "hint" }, "Readers’ reports of errors. Every one is looked into and answered; nothing closes by itself. ", link("/corrections", "What was published"), " · ", mails),
    late, list, none, more);
  return { title: "Corrections", node, leave };
}
