// One report: what it asserts, our sentences beside each assertion, every step, and what to publish.
import { get, post } from "./api.js";
import { askWords, dialog } from "./dialogs.js";
import { field, h, link, select, time } from "./dom.js";
import { KINDS, origin, standing, STANDS } from "./reports.js";
import { when } from "./words.js";

const CLOSED = ["corrected", "clarified", "no_error", "not_ours", "withdrawn"];
const NEEDS = { corrected: "correction", clarified: "clarification" };
const DEEDS = { status: "says", proposed: "proposes", kind: "sorts it as", added: "adds the letters", split: "splits it at", assigned: "takes it up", article: "says the article is" };
const TOLD = "The reader is told this reason.";

function evidence({ evidence: found }) {
  if (!found.length) return h("p", { class: "hint" }, "No sentence of the article has its words.");
  return h("ul", { class: "reasons" }, found.map(({ part, text }) => h("li", {}, part === "text" ? "" : `${part === "title" ? "Headline" : "Byline"}: `, h("q", {}, text))));
}

function history(report) {
  return h("ol", { class: "reasons" }, report.steps.map((one) => h("li", {},
    `${one.by} ${DEEDS[one.deed]} ${one.deed === "assigned" ? "" : (STANDS[one.after] ?? KINDS[one.after] ?? one.after)}`.trim(),
    one.assertion && ` (assertion ${one.assertion})`, one.reason && `: ${one.reason}`, " · ", time(one.at, when(one.at)))));
}

/** Asks for the words of a correction; the newest edition of the article is the mended one. */
function askCorrection(report, kind) {
  return dialog(kind === "correction" ? "Publish a correction" : "Publish a clarification", (close) => {
    const words = h("textarea", { id: "correction-words", rows: 4, required: true, maxlength: 5000, autofocus: true });
    const form = h("form", { method: "dialog" },
      h("p", {}, h("label", { for: "correction-words" }, "What was wrong, and what is right"), words,
        h("span", { class: "hint" }, report.article.editions > 1 ? "With it stands what changed between the last two editions of the article." : "The article has not changed here yet: without another edition no change is shown.")),
      h("p", { class: "submit" }, h("button", { type: "submit" }, "Publish")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (words.value.trim()) close(words.value.trim());
    });
    return form;
  });
}

function askStatus(assertion) {
  return dialog("Where does it stand?", (close) => {
    const allowed = ["investigating", ...CLOSED].filter((status) => status !== assertion.status);
    const status = select(allowed.map((one) => [one, STANDS[one]]), allowed[0], { autofocus: true });
    const reason = h("textarea", { rows: 3, required: true, maxlength: 2000 });
    const form = h("form", { method: "dialog" }, field("It is", status), field("Why", reason, TOLD),
      h("p", { class: "submit" }, h("button", { type: "submit" }, "Keep")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (reason.value.trim()) close({ status: status.value, reason: reason.value.trim() });
    });
    return form;
  });
}

export default async function view(desk, [, id]) {
  let report = await get(`/api/reports/${id}`);
  let current = 0;
  const place = h("div", {});
  const editor = desk.may("editor");
  const act = async (given) => {
    try {
      report = await post(`/api/reports/${id}/steps`, given);
      draw();
      desk.say("Kept.");
    } catch (error) {
      desk.fail(error);
    }
  };
  // What was published before the report came cannot be about it.
  const published = (kind) => report.corrections.filter((one) => one.kind === kind && one.published_at >= report.at);
  const decide = async (one = report.assertions[current]) => {
    const given = await askStatus(one);
    if (!given) return;
    const kind = NEEDS[given.status];
    const mended = given.status === "corrected" && ["spelling", "link_or_caption"].includes(one.kind);
    let [correction] = kind ? published(kind).map((known) => known.id) : [];
    if (kind && !correction && !mended) {
      if (!report.article) {
        desk.note("Say first which article the report is about.", { fault: true });
        return;
      }
      const text = await askCorrection(report, kind);
      if (!text) return;
      try {
        correction = (await post("/api/corrections", { article: report.article.id, kind, text })).id;
      } catch (error) {
        desk.fail(error);
        return;
      }
    }
    await act({ deed: "status", assertion: one.number, ...given, correction });
  };
  const sort = async (one = report.assertions[current]) => {
    const kind = await dialog("Which kind is it?", (close) => h("ul", { class: "choices" }, Object.entries(KINDS).map(([value, words]) =>
      h("li", {}, h("button", { type: "button", onclick: () => close(value) }, words)))));
    const reason = kind && (await askWords("Why?", { label: "Reason", deed: "Keep" }));
    if (reason) await act({ deed: "kind", assertion: one.number, kind, reason });
  };
  const locate = async () => {
    const number = await askWords("Which article is it about?", { label: "Its number here", hint: "It stands in the address of the article’s page at the desk.", deed: "Go on" });
    if (!number) return;
    if (!/^\d+$/.test(number)) {
      desk.note("This is no number of an article.", { fault: true });
      return;
    }
    const reason = await askWords("Why?", { label: "Reason", deed: "Keep" });
    if (reason) await act({ deed: "article", article: Number(number), reason });
  };
  const publish = async () => {
    const text = report.article && (await askCorrection(report, "correction"));
    if (!text) return;
    try {
      await post("/api/corrections", { article: report.article.id, kind: "correction", text });
      report = await get(`/api/reports/${id}`);
      draw();
      desk.say("Published.");
    } catch (error) {
      desk.fail(error);
    }
  };
  const assertion = (one, index) => h("li", { class: CLOSED.includes(one.status) ? "approved" : "held", "aria-current": index === current ? "true" : null, "data-number": one.number },
    h("p", { class: "hint" }, `Assertion ${one.number} · ${KINDS[one.kind]} · `, h("strong", {}, STANDS[one.status])),
    h("p", { class: "said whole", dir: "auto" }, one.quote ?? "The text was erased."), evidence(one),
    h("p", { class: "deeds" }, h("button", { type: "button", onclick: () => decide(one) }, "Where it stands…"),
      h("button", { type: "button", onclick: () => sort(one) }, "Another kind…")));
  const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);
  const draw = () => place.replaceChildren(...[
    h("p", {}, standing(report), report.assigned_to ? ` · with ${report.assigned_to}` : "", " · ", origin(report)),
    h("p", { class: "hint" }, report.reachable ? "The reader is written to once everything is answered." : "No address of the reader is known: nobody can be written to."),
    h("p", {}, "About ", report.article ? [link(`/desk/articles/${report.article.id}`, report.article.title || report.article.url), " ", link(report.article.url, "(as published)")] : h("strong", {}, "an article that is not known yet")),
    h("blockquote", { class: "said whole", dir: "auto" }, report.text ?? "The text was erased."),
    h("p", { class: "deeds" }, h("button", { type: "button", onclick: () => act({ deed: "take" }) }, h("kbd", { "aria-hidden": "true" }, "t"), " Take it up"),
      h("button", { type: "button", onclick: locate }, "Another article…"),
      editor && report.article && h("button", { type: "button", onclick: publish }, h("kbd", { "aria-hidden": "true" }, "p"), " Publish a correction…")),
    block("What it asserts", h("ol", { class: "said-list campaigns assertions" }, report.assertions.map(assertion))),
    report.corrections.length > 0 && block("Published about this article", h("ul", { class: "reasons" }, report.corrections.map((one) => h("li", {}, `${one.text} `, time(one.published_at, when(one.published_at)))))),
    report.steps.length > 0 && block("Steps", history(report)),
  ].filter(Boolean));
  const step = (by) => {
    current = Math.min(Math.max(current + by, 0), report.assertions.length - 1);
    draw();
    place.querySelector(".assertions [aria-current]").scrollIntoView({ block: "nearest" });
    desk.say(`Assertion ${current + 1}: ${report.assertions[current].quote ?? ""}`);
  };
  const one = (words, press, again = false) => ({ words, press, again });
  const leave = desk.keys.bind([
    ["t", one("Take the report up", () => act({ deed: "take" }))],
    ["s", one("Say where the assertion stands", () => decide())],
    ["c", one("Sort the assertion as another kind", () => sort())],
    ["p", one("Publish a correction", () => editor && publish())],
    ["j", one("Next assertion", () => step(1), true)], ["k", one("Previous assertion", () => step(-1), true)],
    ["Escape", one("Back to all reports", () => desk.go("/desk/reports"))],
  ]);
  draw();
  const node = h("div", {}, h("p", { class: "hint" }, link("/desk/reports", "Corrections"), " ›"), h("h1", { tabindex: -1 }, `Report ${report.id}`), place);
  return { title: `Report ${report.id}`, node, leave };
}
