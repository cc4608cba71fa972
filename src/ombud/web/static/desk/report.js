// One report: what it asserts, what speaks for and against, every step, and what to publish.
import { get, post, remove } from "./api.js";
import { askArticle, askCorrection, askDocument, askDue, askKind, askMerge, askMore, askPublic, askSplit, askStatus, askWho, askWhy, keep } from "./asking.js";
import { documents, earlier, elsewhere, ours, told } from "./beside.js";
import { dialog } from "./dialogs.js";
import { h, link, time } from "./dom.js";
import { letter } from "./post.js";
import { preview } from "./preview.js";
import { end, proposed } from "./proposals.js";
import { CLOSED, KINDS, listed, origin, standing, STANDS } from "./reports.js";
import { done, history } from "./steps.js";
import { plain, when } from "./words.js";

const NEEDS = { corrected: "correction", clarified: "clarification" };
function publishedList({ corrections }) {
  const by = new Map(corrections.map((one) => [one.replaces, one.id]));
  return h("ul", { class: "reasons" }, corrections.map((one) => h("li", {},
    `Correction ${one.id}: ${one.text} · `, time(one.published_at, when(one.published_at)), by.has(one.id) && h("strong", {}, ` – replaced by correction ${by.get(one.id)}`))));
}

export default async function view(desk, [, id]) {
  let report = await get(`/api/reports/${id}`);
  const { drafts } = report;
  let found = [];
  let current = 0;
  let asking = 0;
  // What was typed for another report is not meant for this one.
  keep({ reason: "", text: "" });
  const place = h("div", {});
  const editor = desk.may("editor");
  /** The last step that one has before oneself, and the last mail of the reader. */
  const stood = () => ({ seen: report.seen, heard: report.heard });
  const renew = async (words = "") => {
    const before = stood();
    report = await get(`/api/reports/${id}`);
    draw();
    const last = report.steps.at(-1);
    if (words) desk.note(words, { fault: true });
    else if (report.heard !== before.heard) desk.note("The reader wrote again: it stands under “Mails about it”.");
    else if (report.seen !== before.seen && last) desk.note(`${done(last, report)}.`);
  };
  const late = (error) => (error.status === 409 ? renew(`${plain(error)} What you wrote is kept for that.`).catch((lost) => desk.fail(lost)) : desk.fail(error));
  // A step is meant for the report as it was when one began to think about it.
  const act = async (given, before = stood()) => {
    asking += 1;
    keep({ reason: given.reason ?? "" });
    try {
      report = await post(`/api/reports/${id}/steps`, { ...given, ...before });
      keep({ reason: "" });
      draw();
      desk.say("Kept.");
    } catch (error) {
      await late(error);
    } finally {
      asking -= 1;
    }
  };
  const after = async (asked, given) => {
    const before = stood();
    const said = await asked;
    if (said) await act({ ...given, ...said }, before);
  };
  /** How the article stands, as the page shows it: its newest correction, and its edition. */
  const now = () => ({ newest: report.corrections[0]?.id ?? 0, edition: report.article?.editions ?? 0 });
  const publish = async (kind, one = report.assertions[current], { heard } = stood()) => {
    if (!report.article) {
      desk.note("Say first which article the report is about.", { fault: true });
      return null;
    }
    const { newest } = now();
    const draft = drafts && one && (() => post(`/api/reports/${id}/assertions/${one.number}/draft`));
    const said = await askCorrection(report, kind, draft);
    if (!said) return null;
    keep({ text: said.text });
    try {
      const { id: correction, proposal } = await post("/api/corrections", { article: report.article.id, ...said, seen: newest, report: report.id, heard });
      keep({ text: "" });
      return proposal ? { proposal } : { correction };
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
  const waiting = (kind) => report.proposals.filter((one) => one.kind === kind && !one.outcome);
  const chosen = (kind, one, before) => {
    const known = [
      ...fitting(kind).map(({ id: number, text }) => [{ correction: number }, `Correction ${number}: ${text}`]),
      ...waiting(kind).map(({ proposal, text }) => [{ proposal, ...now() }, `Proposal ${proposal}: ${text}`]),
    ];
    if (!known.length) return publish(kind, one, before);
    return dialog(`Which ${kind} is it?`, (close) => h("ul", { class: "choices" },
      known.map(([named, words]) => h("li", {}, h("button", { type: "button", onclick: () => close(named) }, words))),
      h("li", {}, h("button", { type: "button", onclick: () => close(0) }, `${report.two_editors ? "Propose" : "Publish"} another one…`)))).then((named) => (named === 0 ? publish(kind, one, before) : named));
  };
  const decide = async (one = report.assertions[current]) => {
    const before = stood();
    const given = await askStatus(one);
    if (!given) return;
    keep({ reason: given.reason });
    const kind = NEEDS[given.status];
    const mended = given.status === "corrected" && ["spelling", "link_or_caption"].includes(one.kind);
    const named = kind && !(mended && !fitting(kind).length && !waiting(kind).length) ? await chosen(kind, one, before) : null;
    if (kind && !named && !mended) return;
    if (named?.proposal && publishes(one, given.status, named.proposal) && !(await askPublic(about(named.proposal)))) return;
    await act({ deed: "status", assertion: one.number, ...given, ...named }, before);
  };
  const agree = (one, { after: status, correction, proposal }) => after(
    askWhy(`Say the same: ${STANDS[status]}?`, "Agree", waits(proposal) ? `Proposal ${proposal} is public then.` : "", waits(proposal) && preview(about(proposal))),
    { deed: "status", assertion: one.number, status, correction, proposal, ...now() });
  const about = (number) => report.proposals.find(({ proposal }) => proposal === number);
  const waits = (number) => about(number)?.outcome === null;
  /** What somebody proposes to say of an assertion, while nobody else has agreed. */
  const suggested = (one) => {
    const last = report.steps.findLast((step) => step.holds && step.assertion === one.number && ["proposed", "status"].includes(step.deed));
    return last?.deed === "proposed" ? last : null;
  };
  /** Whether it is the second editor who says this, so that the proposal is public with it. */
  const publishes = (one, status, proposal) => {
    const last = suggested(one);
    return waits(proposal) && last?.after === status && last.proposal === proposal && last.by !== desk.me.name;
  };
  const press = async (deed, one) => {
    asking += 1;
    try {
      if (!(await end(deed, one, now()))) return;
      await renew();
      desk.say("Kept.");
    } catch (error) {
      await late(error);
    } finally {
      asking -= 1;
    }
  };
  const anew = (one) => {
    keep({ text: one.text });
    return single(one.kind);
  };
  const sort = (one = report.assertions[current]) => after(askKind(one), { deed: "kind", assertion: one.number });
  const locate = () => after(askArticle(), { deed: "article" });
  const undo = () => report.undo && after(askWhy("Take the last step back?", "Take back"), { deed: "undo", step: report.undo });
  const mine = () => report.assigned_to === desk.me.name;
  const take = () => act({ deed: "take" });
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
    const proposal = suggested(one);
    const words = about(proposal?.proposal);
    const ended = words ? ["refused", "withdrawn"].includes(words.outcome) && `was ${words.outcome}` : "is about another article";
    const over = proposal?.proposal && ended;
    const mayAgree = editor && proposal && proposal.by !== desk.me.name && !over && (words?.outcome || words?.by !== desk.me.name);
    return h("li", { class: open(one) ? "held" : "approved", "aria-current": index === current ? "true" : null, "data-number": one.number, onclick: () => choose(index) },
      h("p", { class: "hint" }, `Assertion ${one.number} · ${KINDS[one.kind]} · `, h("strong", {}, STANDS[one.status])),
      proposal && h("p", {}, h("strong", {}, `${proposal.by} proposes: ${STANDS[proposal.after]}${proposal.correction ? `, with correction ${proposal.correction}` : ""}${proposal.proposal ? `, with proposal ${proposal.proposal}` : ""}. `),
        over ? `Proposal ${proposal.proposal} ${over}: propose other words.` : "Another editor has to say the same. ", mayAgree && button("Agree…", () => agree(one, proposal))),
      h("p", { class: "said whole", dir: "auto" }, one.quote ?? "The text was erased."), ours(one, report.article), elsewhere(one, report.documents), told(one, report.documents), earlier(one, report.corrections),
      h("p", { class: "deeds" }, button("Where it stands…", () => decide(one), "s"), button("Another kind…", () => sort(one), "c"),
        open(one) && one.quote?.trim().includes(" ") && button("Split…", () => after(askSplit(one), { deed: "split", assertion: one.number })),
        open(one) && others.length > 0 && button("Merge…", () => after(askMerge(one, others), { deed: "merge", assertion: one.number }))));
  };
  const fresh = (mail) => mail.kind === "reply" && report.state !== "answered" && mail.at > (report.steps.at(-1)?.at ?? "");
  const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);
  // Buttons come and go between two drawings; what one does tells which is which.
  const named = (one) => `${one.closest("[data-number]")?.dataset.number} ${one.ariaLabel ?? one.textContent}`;
  const draw = () => {
    current = Math.min(current, report.assertions.length - 1);
    const unpublished = report.proposals.filter((one) => one.outcome !== "published");
    const focused = place.contains(document.activeElement) ? named(document.activeElement) : null;
    place.replaceChildren(...[
      h("p", {}, standing(report), report.assigned_to ? ` · with ${report.assigned_to}` : "", " · ", origin(report)),
      h("p", { class: "hint" }, report.reachable ? (report.state === "answered" ? "The answer to the reader is written." : "The reader is written to once everything is answered.") : "No address of the reader is known: nobody can be written to.", report.two_editors ? " Two editors close an assertion, and agree to a correction before it is public." : ""),
      h("p", {}, "About ", report.article ? [link(`/desk/articles/${report.article.id}`, report.article.title || report.article.url), " ", link(report.article.url, "(as published)")] : h("strong", {}, "an article that is not known yet")),
      h("blockquote", { class: "said whole", dir: "auto" }, report.text ?? "The text was erased."),
      h("p", { class: "deeds" }, !mine() && button("Take it up", take, "t"), editor && report.article && button(`${report.two_editors ? "Propose" : "Publish"} a correction…`, () => single(), "p"),
        report.undo && button("Take the last step back…", undo, "u"), button("Give it to…", () => after(askWho(report, report.staff), { deed: "assign" })),
        button("Deadline…", () => after(askDue(report), { deed: "due" })), button(report.article ? "Another article…" : "Which article…", locate),
        report.text && button("Add an assertion…", () => after(askMore(report.text), { deed: "add" }))),
      block("What it asserts", h("ol", { class: "said-list campaigns assertions" }, report.assertions.map(assertion))),
      block("Other outlets on the same story", documents(report, found, { add, take: (page) => lay(post(`/api/reports/${id}/documents`, { page })), leave: (number) => lay(remove(`/api/reports/${id}/documents/${number}`)) })),
      report.mails.length > 0 && block("Mails about it", h("ol", { class: "said-list campaigns" }, report.mails.map((mail) => h("li", { class: mail.unheard ? "deleted" : fresh(mail) ? "held" : "approved" },
        h("h3", { dir: "auto" }, mail.subject || "No subject"), mail.unheard && h("p", {}, h("strong", { class: "fault" }, "After the answer; nobody has looked at it. "), link("/desk/post", "To the post")), fresh(mail) && h("p", {}, h("strong", {}, "The reader wrote this since the last step.")), letter(mail))))),
      unpublished.length > 0 && block("Proposed, and not public", h("ul", { class: "said-list campaigns proposals" }, unpublished.map((one) => h("li", { class: one.outcome ? null : "held" }, proposed(one, { desk, now: now(), press, anew, named: report.assertions.some((of) => suggested(of)?.proposal === one.proposal && suggested(of).by !== desk.me.name) }))))),
      report.corrections.length > 0 && block("Published about this article", publishedList(report)),
      report.steps.length > 0 && block("Steps", history(report)),
    ].filter(Boolean));
    const pressed = [...place.querySelectorAll("button, a")];
    if (focused) (pressed.find((one) => named(one) === focused) ?? pressed.find((one) => one.matches(".deeds button"))).focus({ preventScroll: true });
  };
  const single = async (kind = "correction") => {
    const made = await publish(kind);
    if (!made) return;
    report = await get(`/api/reports/${id}`);
    draw();
    desk.say(made.proposal ? "Proposed: it is public once another editor agrees." : "Published.");
  };
  const choose = (index) => {
    current = index;
    // Drawn anew, a button would be gone to which a dialog gives the focus back.
    for (const one of place.querySelectorAll(".assertions > li")) {
      if (Number(one.dataset.number) === report.assertions[current].number) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  };
  const step = (by) => {
    choose(Math.min(Math.max(current + by, 0), report.assertions.length - 1));
    place.querySelector(".assertions [aria-current]").scrollIntoView({ block: "nearest" });
    desk.say(`Assertion ${current + 1}: ${report.assertions[current].quote ?? ""}`);
  };
  const one = (words, press, again = false) => ({ words, press, again });
  const unbind = desk.keys.bind([
    ["t", one("Take the report up", () => !mine() && take())],
    ["s", one("Say where the assertion stands", () => decide())],
    ["c", one("Sort the assertion as another kind", () => sort())],
    ["p", one("Publish a correction", () => editor && single())],
    ["u", one("Take the last step back", undo)],
    ["j", one("Next assertion", () => step(1), true)], ["k", one("Previous assertion", () => step(-1), true)],
    ["Escape", one("Back to all reports", () => desk.go(listed()))],
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
  const node = h("div", {}, h("p", { class: "hint" }, link(listed(), "Corrections"), " ›"), h("h1", { tabindex: -1 }, `Report ${report.id}`), place);
  return { title: `Report ${report.id}`, node, leave };
}
