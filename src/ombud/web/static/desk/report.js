// One report: what it asserts, what speaks for and against, every step, and what to publish.
import { get, post, remove } from "./api.js";
import { askCorrection, askDocument, askDue, askMerge, askMore, askSplit, askStatus, askWho } from "./asking.js";
import { documents, earlier, elsewhere, ours, told } from "./beside.js";
import { askWords, dialog } from "./dialogs.js";
import { h, link, time } from "./dom.js";
import { letter } from "./post.js";
import { CLOSED, KINDS, origin, standing, STANDS } from "./reports.js";
import { date, plain, when } from "./words.js";

const NEEDS = { corrected: "correction", clarified: "clarification" };
const DEEDS = {
  status: "says", proposed: "proposes", kind: "sorts it as", added: "adds the letters", split: "splits it into", merged: "merges it into", assigned: "gives it to",
  article: "says the article is number", due: "sets the deadline to", undone: "takes back a step; it is again",
};

function done(one) {
  if (one.deed === "assigned") return one.after === `staff:${one.by}` ? "takes it up" : one.after ? `gives it to ${one.after.replace(/^\w+:/, "")}` : "gives it to nobody";
  const after = one.deed === "due" || (one.deed === "undone" && /^\d{4}-/.test(one.after)) ? date(one.after) : STANDS[one.after] ?? KINDS[one.after] ?? one.after.replace(/^staff:/, "").replace(/ ?\d+:/, " ");
  return `${DEEDS[one.deed]} ${after || "as before"}${one.correction ? ` with number ${one.correction}` : ""}`;
}

function history(report) {
  return h("ol", { class: "reasons" }, report.steps.map((one) => h("li", { class: one.holds || one.undoes ? null : "gone" },
    `${one.by} ${done(one)}`, one.assertion && ` (assertion ${one.assertion})`, !one.holds && !one.undoes && " – taken back",
    one.reason && `: ${one.reason}`, " · ", time(one.at, when(one.at)))));
}

function publishedList({ corrections }) {
  const by = new Map(corrections.map((one) => [one.replaces, one.id]));
  return h("ul", { class: "reasons" }, corrections.map((one) => h("li", {},
    `Number ${one.id}: ${one.text} `, time(one.published_at, when(one.published_at)), by.has(one.id) && h("strong", {}, ` – replaced by number ${by.get(one.id)}`))));
}

export default async function view(desk, [, id]) {
  let report = await get(`/api/reports/${id}`);
  const { drafts } = report;
  let found = [];
  let current = 0;
  let asking = 0;
  const place = h("div", {});
  const editor = desk.may("editor");
  const renew = async (words = "") => {
    const before = report.seen;
    report = await get(`/api/reports/${id}`);
    draw();
    const last = report.steps.at(-1);
    if (words) desk.note(words, { fault: true });
    else if (report.seen !== before && last) desk.note(`${last.by} ${done(last)}${last.assertion ? ` (assertion ${last.assertion})` : ""}.`);
  };
  const late = (error) => (error.status === 409 ? renew(plain(error)).catch((lost) => desk.fail(lost)) : desk.fail(error));
  // A step is meant for the report as it was when one began to think about it.
  const act = async (given, seen = report.seen) => {
    asking += 1;
    try {
      report = await post(`/api/reports/${id}/steps`, { ...given, seen });
      draw();
      desk.say("Kept.");
    } catch (error) {
      await late(error);
    } finally {
      asking -= 1;
    }
  };
  const after = async (asked, given) => {
    const { seen } = report;
    const said = await asked;
    if (said) await act({ ...given, ...said }, seen);
  };
  const publish = async (kind, one = report.assertions[current]) => {
    if (!report.article) {
      desk.note("Say first which article the report is about.", { fault: true });
      return null;
    }
    const newest = report.corrections[0]?.id ?? 0;
    const draft = drafts && one && (() => post(`/api/reports/${id}/assertions/${one.number}/draft`));
    const said = await askCorrection(report, kind, draft);
    if (!said) return null;
    try {
      return (await post("/api/corrections", { article: report.article.id, ...said, seen: newest })).id;
    } catch (error) {
      await late(error);
      return null;
    }
  };
  // What was published before the report came cannot be about it.
  const fitting = (kind) => {
    const replaced = new Set(report.corrections.map((one) => one.replaces));
    return report.corrections.filter((one) => one.kind === kind && one.published_at >= report.at && !replaced.has(one.id));
  };
  const chosen = (kind, one) => {
    const known = fitting(kind);
    if (!known.length) return publish(kind, one);
    return dialog(`Which ${kind} is it?`, (close) => h("ul", { class: "choices" },
      known.map((one) => h("li", {}, h("button", { type: "button", onclick: () => close(one.id) }, `Number ${one.id}: ${one.text}`))),
      h("li", {}, h("button", { type: "button", onclick: () => close(0) }, "Publish another one…")))).then((number) => (number === 0 ? publish(kind, one) : number));
  };
  const decide = async (one = report.assertions[current]) => {
    const { seen } = report;
    const given = await askStatus(one);
    if (!given) return;
    const kind = NEEDS[given.status];
    const mended = given.status === "corrected" && ["spelling", "link_or_caption"].includes(one.kind);
    const correction = kind && !(mended && !fitting(kind).length) ? await chosen(kind, one) : null;
    if (kind && !correction && !mended) return;
    await act({ deed: "status", assertion: one.number, ...given, correction }, seen);
  };
  const sort = async (one = report.assertions[current]) => {
    const { seen } = report;
    const kind = await dialog("Which kind is it?", (close) => h("ul", { class: "choices" }, Object.entries(KINDS).map(([value, words]) =>
      h("li", {}, h("button", { type: "button", onclick: () => close(value) }, words)))));
    const reason = kind && (await askWords("Why?", { label: "Reason", deed: "Keep" }));
    if (reason) await act({ deed: "kind", assertion: one.number, kind, reason }, seen);
  };
  const locate = async () => {
    const article = await askWords("Which article is it about?", { label: "Its address", hint: "Or its number here, or the id that stands in its address.", deed: "Go on" });
    if (article) await after(askWords("Why?", { label: "Reason", deed: "Keep" }).then((reason) => reason && { reason }), { deed: "article", article });
  };
  const undo = () => report.undo && after(askWords("Take the last step back?", { label: "Why", deed: "Take back" }).then((reason) => reason && { reason }), { deed: "undo", step: report.undo });
  const open = (one) => !CLOSED.includes(one.status);
  const propose = () => get(`/api/reports/${id}/candidates`).then(({ candidates }) => {
    found = candidates;
    if (found.length) draw();
  }).catch((error) => desk.fail(error));
  const lay = (asked) => asked.then((got) => {
    report = got;
    draw();
    desk.say("Kept.");
    return propose();
  }, (error) => desk.fail(error));
  const add = async () => {
    const given = await askDocument();
    if (given) await lay(post(`/api/reports/${id}/documents`, given));
  };
  const button = (words, press, key = "") => h("button", { type: "button", onclick: press }, key && [h("kbd", { "aria-hidden": "true" }, key), " "], words);
  const assertion = (one, index) => {
    const others = report.assertions.filter((other) => other !== one && open(other));
    const proposal = report.steps.findLast((step) => step.holds && step.assertion === one.number && ["proposed", "status"].includes(step.deed));
    return h("li", { class: open(one) ? "held" : "approved", "aria-current": index === current ? "true" : null, "data-number": one.number },
      h("p", { class: "hint" }, `Assertion ${one.number} · ${KINDS[one.kind]} · `, h("strong", {}, STANDS[one.status])),
      proposal?.deed === "proposed" && h("p", {}, h("strong", {}, `${proposal.by} proposes: ${STANDS[proposal.after]}${proposal.correction ? ` with number ${proposal.correction}` : ""}. `), "Another editor has to say the same."),
      h("p", { class: "said whole", dir: "auto" }, one.quote ?? "The text was erased."), ours(one, report.article), elsewhere(one, report.documents), told(one, report.documents), earlier(one, report.corrections),
      h("p", { class: "deeds" }, button("Where it stands…", () => decide(one)), button("Another kind…", () => sort(one)),
        open(one) && one.quote?.trim().includes(" ") && button("Split…", () => after(askSplit(one), { deed: "split", assertion: one.number })),
        open(one) && others.length > 0 && button("Merge…", () => after(askMerge(one, others), { deed: "merge", assertion: one.number }))));
  };
  const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);
  const draw = () => {
    current = Math.min(current, report.assertions.length - 1);
    const focused = place.contains(document.activeElement) ? [...place.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
    place.replaceChildren(...[
      h("p", {}, standing(report), report.assigned_to ? ` · with ${report.assigned_to}` : "", " · ", origin(report)),
      h("p", { class: "hint" }, report.reachable ? (report.state === "answered" ? "The answer to the reader is written." : "The reader is written to once everything is answered.") : "No address of the reader is known: nobody can be written to.", report.two_editors ? " An assertion is closed by two editors." : ""),
      h("p", {}, "About ", report.article ? [link(`/desk/articles/${report.article.id}`, report.article.title || report.article.url), " ", link(report.article.url, "(as published)")] : h("strong", {}, "an article that is not known yet")),
      h("blockquote", { class: "said whole", dir: "auto" }, report.text ?? "The text was erased."),
      h("p", { class: "deeds" }, button("Take it up", () => act({ deed: "take" }), "t"), editor && report.article && button("Publish a correction…", single, "p"),
        report.undo && button("Take the last step back…", undo, "u"), button("Give it to…", () => after(askWho(report), { deed: "assign" })),
        button("Deadline…", () => after(askDue(report), { deed: "due" })), button(report.article ? "Another article…" : "Which article…", locate),
        report.text && button("Add an assertion…", () => after(askMore(report.text), { deed: "add" }))),
      block("What it asserts", h("ol", { class: "said-list campaigns assertions" }, report.assertions.map(assertion))),
      block("Other outlets on the same story", documents(report, found, { add, take: (page) => lay(post(`/api/reports/${id}/documents`, { page })), leave: (number) => lay(remove(`/api/reports/${id}/documents/${number}`)) })),
      report.mails.length > 0 && block("Mails about it", h("ol", { class: "said-list campaigns" }, report.mails.map((mail) => h("li", { class: mail.unheard ? "deleted" : "approved" },
        h("h3", { dir: "auto" }, mail.subject || "No subject"), mail.unheard && h("p", {}, h("strong", { class: "fault" }, "After the answer; nobody has looked at it. "), link("/desk/post", "To the post")), letter(mail))))),
      report.corrections.length > 0 && block("Published about this article", publishedList(report)),
      report.steps.length > 0 && block("Steps", history(report)),
    ].filter(Boolean));
    if (focused >= 0) place.querySelectorAll("button, a")[focused]?.focus({ preventScroll: true });
  };
  const single = async () => {
    if (!(await publish("correction"))) return;
    report = await get(`/api/reports/${id}`);
    draw();
    desk.say("Published.");
  };
  const step = (by) => {
    current = Math.min(Math.max(current + by, 0), report.assertions.length - 1);
    draw();
    place.querySelector(".assertions [aria-current]").scrollIntoView({ block: "nearest" });
    desk.say(`Assertion ${current + 1}: ${report.assertions[current].quote ?? ""}`);
  };
  const one = (words, press, again = false) => ({ words, press, again });
  const unbind = desk.keys.bind([
    ["t", one("Take the report up", () => act({ deed: "take" }))],
    ["s", one("Say where the assertion stands", () => decide())],
    ["c", one("Sort the assertion as another kind", () => sort())],
    ["p", one("Publish a correction", () => editor && single())],
    ["u", one("Take the last step back", undo)],
    ["j", one("Next assertion", () => step(1), true)], ["k", one("Previous assertion", () => step(-1), true)],
    ["Escape", one("Back to all reports", () => desk.go("/desk/reports"))],
  ]);
  // What others do shows by itself; what one does oneself was drawn from the answer.
  const heard = ({ detail }) => {
    const about = detail?.report ? detail.report === report.id && detail.step !== report.seen : !detail || detail.article === report.article?.id;
    if (about && !asking) renew().catch((error) => desk.fail(error));
  };
  const names = ["report", "correction", "mail", "gap"];
  for (const name of names) desk.live.addEventListener(name, heard);
  const leave = () => {
    unbind();
    for (const name of names) desk.live.removeEventListener(name, heard);
  };
  draw();
  propose();
  const node = h("div", {}, h("p", { class: "hint" }, link("/desk/reports", "Corrections"), " ›"), h("h1", { tabindex: -1 }, `Report ${report.id}`), place);
  return { title: `Report ${report.id}`, node, leave };
}
