// The dialogs of a report: what is asked before a step is taken.
import { dialog } from "./dialogs.js";
import { field, h, select } from "./dom.js";
import { preview, previewing } from "./preview.js";
import { CLOSED, KINDS, STANDS } from "./reports.js";
import { plain, short } from "./words.js";

const TOLD = "Once it is closed, the reader is told this reason.";
const kept = { reason: "", text: "" };

/** Keeps what was typed for a step that did not count, so that it need not be typed again. */
export const keep = (given) => Object.assign(kept, given);

/** A form in a dialog; `read` gives what is asked for, or nothing while it is not whole. */
function ask(title, deed, fields, read, given = {}) {
  return dialog(title, (close) => {
    const form = h("form", { method: "dialog" }, fields, h("p", { class: "submit" }, h("button", { type: "submit" }, deed)));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = await read();
      if (given) close(given);
    });
    return form;
  }, given);
}

const words = (given = {}) => h("textarea", { rows: 3, required: true, maxlength: 2000, ...given });
const why = () => h("input", { required: true, maxlength: 2000, autocomplete: "off", value: kept.reason });

export function askStatus(assertion) {
  const allowed = ["investigating", ...CLOSED].filter((status) => status !== assertion.status);
  const status = select(allowed.map((one) => [one, STANDS[one]]), allowed[0], { autofocus: true });
  const reason = words({ value: kept.reason });
  return ask("Where does it stand?", "Keep", [field("It is", status), field("Why", reason, TOLD)],
    () => reason.value.trim() && { status: status.value, reason: reason.value.trim() });
}

/** A button that puts what a language model words into a field, marked as such. */
function drafting(text, draft) {
  const said = h("span", { class: "hint", role: "status" });
  const ask = async () => {
    said.textContent = "Asking…";
    try {
      const got = await draft();
      text.value = got.text;
      text.dispatchEvent(new Event("input"));
      said.replaceChildren(h("strong", {}, "Worded by a language model, not checked"), " – it quotes: ", ...got.quotations.flatMap((one) => [" ", h("q", { dir: "auto" }, one)]));
    } catch (error) {
      said.textContent = plain(error);
    }
  };
  return h("p", {}, h("button", { type: "button", onclick: ask }, "Let the language model draft it"), " ", said);
}

/** Asks for what is published; the newest edition of the article is the mended one, unless said. */
export function askCorrection(report, kind, draft = null) {
  const text = words({ rows: 4, maxlength: 5000, autofocus: true, value: kept.text });
  const { editions } = report.article;
  const numbers = Array.from({ length: editions }, (_, index) => [String(index + 1), `Edition ${index + 1}`]);
  // What is only made clearer need not have changed.
  const before = select(numbers, String(kind === "correction" ? Math.max(1, editions - 1) : editions));
  const after = select(numbers, String(editions));
  const replaced = new Set(report.corrections.map((one) => one.replaces));
  const standing = report.corrections.filter((one) => !replaced.has(one.id));
  const replaces = select([["", "None"], ...standing.map((one) => [String(one.id), short(one.text, 80)])], "");
  const deed = report.two_editors ? "Propose" : "Publish";
  const { node, ready } = previewing(report.article.id, kind, { text, before, after });
  return ask(`${deed} a ${kind}`, deed, [
    field("What was wrong, and what is right", text, editions > 1 ? "" : "The article has only one edition here."),
    report.two_editors && h("p", { class: "hint" }, "Until a second editor agrees, only the staff sees it."),
    draft && drafting(text, draft),
    editions > 1 && h("div", { class: "editions" }, field("It was wrong in", before), field("It is right in", after)),
    standing.length > 0 && field("Takes the place of", replaces, "An earlier one that no longer holds; it stays on the page, marked as replaced."),
    node,
  ], async () => text.value.trim() && await ready() && {
    text: text.value.trim(), kind, before: Number(before.value), after: Number(after.value), replaces: Number(replaces.value) || null,
  }, editions > 1 ? { class: "worded" } : {});
}

/** The places before a word, in UTF-16 units; the first is where a new clause seems to begin. */
function joints(quote) {
  const every = [...quote.matchAll(/\S+/gu)].slice(1).map(({ index }) => index);
  const likely = every.find((index) => /[,;:.!?–—]\s+$/u.test(quote.slice(0, index)) || /^(?:and|but)\b/iu.test(quote.slice(index)));
  return [every, likely ?? every[Math.floor(every.length / 2)]];
}

/** Where an assertion is parted: at which of its words the second begins, in code points. */
export function askSplit({ quote, begin }) {
  const [places, likely] = joints(quote);
  if (!places.length) return null;
  const at = select(places.map((index) => [String(index), `… ${short(quote.slice(index), 60)}`]), String(likely), { autofocus: true });
  const halves = h("ol", { class: "reasons", "aria-live": "polite" });
  const draw = () => halves.replaceChildren(...[quote.slice(0, at.value), quote.slice(at.value)].map((half) => h("li", { dir: "auto" }, half.trim())));
  at.addEventListener("change", draw);
  draw();
  const reason = why();
  return ask("Make two of it", "Split", [field("The second begins with", at), halves, field("Why", reason)],
    () => reason.value.trim() && { at: begin + Array.from(quote.slice(0, at.value)).length, reason: reason.value.trim() });
}

/** Asks whether what was proposed is to be public, with what readers will see. */
export function askPublic(proposal) {
  return ask("Make it public?", "Agree", [preview(proposal), h("p", { class: "hint" }, "Readers see it from now on, and your own system is told.")], () => ({}));
}

/** Asks for nothing but a reason; `shown` stands above it, and is what one looks at first. */
export function askWhy(title, deed, hint = "", shown = null) {
  const reason = why();
  reason.autofocus = !shown;
  return ask(title, deed, [shown, field("Why", reason, hint)], () => reason.value.trim() && { reason: reason.value.trim() });
}

export function askKind(assertion) {
  const kind = select(Object.entries(KINDS).filter(([value]) => value !== assertion.kind), "", { autofocus: true });
  kind.selectedIndex = 0;
  const reason = why();
  return ask("Which kind is it?", "Keep", [field("It is about", kind), field("Why", reason)],
    () => reason.value.trim() && { kind: kind.value, reason: reason.value.trim() });
}

export function askArticle() {
  const article = h("input", { required: true, maxlength: 2000, autocomplete: "off", spellcheck: "false", autofocus: true });
  const reason = why();
  return ask("Which article is it about?", "Keep", [field("Its address", article, "Or its number here, or the id that stands in its address."), field("Why", reason)],
    () => article.value.trim() && reason.value.trim() && { article: article.value.trim(), reason: reason.value.trim() });
}

export function askMerge(assertion, others) {
  const other = select(others.map((one) => [String(one.number), `${one.number}: ${short(one.quote ?? "", 80)}`]), String(others[0].number), { autofocus: true });
  const reason = why();
  return ask("Make one of two", "Merge", [field(`Assertion ${assertion.number} takes in`, other), field("Why", reason)], () => reason.value.trim() && { other: Number(other.value), reason: reason.value.trim() });
}

/** Which words of a report assert something more; what is selected on the page comes first. */
export function askMore(text) {
  const chosen = String(getSelection()).trim();
  const said = words({ value: text.includes(chosen) ? chosen : "", autofocus: true });
  const kind = select(Object.entries(KINDS), "fact");
  const reason = why();
  const fault = h("p", { class: "fault", role: "alert" });
  return ask("It asserts one thing more", "Add", [field("In these words of the report", said, "As they stand there; select them on the page first, or paste them."), field("Kind", kind), field("Why", reason), fault], () => {
    const at = text.indexOf(said.value.trim());
    fault.textContent = at < 0 ? "These words do not stand in the report." : "";
    const begin = Array.from(text.slice(0, Math.max(at, 0))).length;
    return at >= 0 && said.value.trim() && reason.value.trim()
      && { begin, end: begin + Array.from(said.value.trim()).length, kind: kind.value, reason: reason.value.trim() };
  });
}

export function askDue(report) {
  const day = h("input", { type: "date", required: true, value: report.due_at.slice(0, 10), min: new Date().toISOString().slice(0, 10), autofocus: true });
  const reason = why();
  return ask("Until when?", "Keep", [field("The reader is answered by", day), field("Why", reason)],
    () => day.value && reason.value.trim() && { due: new Date(`${day.value}T23:59:00`).toISOString(), reason: reason.value.trim() });
}

export function askWho(report, staff) {
  const name = select([["", "Nobody"], ...staff.map((one) => [one, one])], report.assigned_to, { autofocus: true });
  const reason = why();
  return ask("Who looks into it?", "Keep", [field("Name", name), field("Why", reason)],
    () => reason.value.trim() && { to: name.value, reason: reason.value.trim() });
}

/** A text of another outlet: pasted, or a file of text or HTML. */
export function askDocument() {
  const name = h("input", { required: true, maxlength: 2000, inputmode: "url", autocomplete: "off", autofocus: true });
  const outlet = h("input", { maxlength: 200, autocomplete: "off" });
  const file = h("input", { type: "file", accept: ".txt,.html,.htm,text/plain,text/html" });
  const content = h("textarea", { rows: 6 });
  return ask("Add a text of another outlet", "Add", [
    field("Its address, or a name for it", name), field("Outlet", outlet, "Only where the text does not say it."),
    field("Text or HTML of the page", content), field("Or a file of it", file),
  ], async () => {
    const given = file.files[0] ? await file.files[0].text() : content.value;
    return name.value.trim() && given.trim() && { name: name.value.trim(), outlet: outlet.value.trim(), content: given };
  });
}
