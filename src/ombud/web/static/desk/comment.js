// One comment with all that ever happened to it: the page to link to, and to check a ruling by.
import { get } from "./api.js";
import { cited } from "./cited.js";
import { alike, article, flags, opposite, parent, reader } from "./context.js";
import { stale } from "./details.js";
import { askClause, askWords } from "./dialogs.js";
import { h, link, table, time } from "./dom.js";
import { byClause, marked } from "./marks.js";
import { DEEDS, percent, sentence, STATES, when, who } from "./words.js";

const KINDS = { blind: "second review", outside: "from outside" };
const LEADS = { APPROVE: "Approve", HOLD: "Hold for a moderator", DELETE: "Delete" };
const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);

function state(item) {
  const { ruling } = item;
  const by = ruling ? ` by ${who(ruling.by)}, ${when(ruling.at)}` : item.state === "held" ? "" : " without a moderator";
  return h("p", { class: `standing ${item.state}` }, h("strong", {}, STATES[item.state]), by,
    item.state === "held" && item.held_because && `: ${item.held_because}`);
}

function deeds(desk, item, again) {
  const rule = async (action, clause) => {
    const note = await askWords(action === "approve" ? "Approve" : `Delete: ${desk.title(clause)}`, {
      label: "Why?", hint: "Kept with the ruling, for colleagues.", deed: action === "approve" ? "Approve" : "Delete",
    });
    if (note) again(() => desk.rulings.rule([item], action, clause, note));
  };
  const remove = async () => {
    const clause = await askClause(desk.clauses, item.suggested?.clause);
    if (clause) rule("delete", clause);
  };
  const own = item.ruling && (who(item.ruling.by) === desk.me.name || desk.may("editor"));
  return h("p", { class: "deeds" },
    item.state !== "approved" && h("button", { type: "button", class: "approve", onclick: () => rule("approve", null) }, "Approve…"),
    item.state !== "deleted" && h("button", { type: "button", class: "delete", onclick: remove }, "Delete…"),
    own && h("button", { type: "button", onclick: () => again(() => desk.rulings.takeBack(item)) }, "Take the ruling back"),
    item.state === "approved" && link(`/desk/comments/${item.id}/excerpt`, "Quote it in an article"));
}

function rulings(item, title) {
  const rows = item.rulings.map((one) => [
    time(one.at, when(one.at)), who(one.by),
    `${sentence(DEEDS[one.action] ?? one.action)}${KINDS[one.kind] ? ` (${KINDS[one.kind]})` : ""}`,
    one.clause ? title(one.clause) : "", one.note ?? "",
  ]);
  return table("Rulings, oldest first", ["When", "Who", "What", "Clause", "Note"], rows);
}

const written = (value) => (value && typeof value === "object" ? JSON.stringify(value) : `${value ?? ""}`);

function audit(item) {
  const rows = item.audit.map((one) => [
    one.seq, time(one.at, when(one.at)), who(one.by), one.deed.replaceAll("_", " "),
    Object.entries(one.facts ?? {}).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${written(value)}`).join(", "),
  ]);
  return table("Audit entries, oldest first", ["Entry", "When", "Who", "What", "Facts"], rows);
}

function scores(item) {
  const given = Object.entries(item.scores ?? {}).sort(([, a], [, b]) => b - a);
  if (!given.length) return null;
  const rows = given.map(([name, value]) => [name.toLowerCase().replaceAll("_", " "), percent(value)]);
  return h("details", {}, h("summary", {}, "Scores of the models"), table("Scores", ["Signal", "Score"], rows));
}

export default async function view(desk, [, id]) {
  const place = h("div", { class: "one" });
  const fault = h("p", { class: "fault", role: "alert" });
  const back = ({ detail }) => {
    if (`${detail.id}` === id && detail.words) fault.textContent = `Your ruling did not count. ${detail.words}`;
  };
  desk.rulings.addEventListener("back", back);
  const draw = async (focus = false) => {
    const item = await get(`/api/comments/${id}`);
    const { decision } = item;
    const warning = opposite(item.alike, item.ruling?.action);
    // A ruling goes out like any other; once it has arrived the page is drawn anew.
    const again = (act) => {
      if (!act()) return;
      const { outbox } = desk.rulings;
      const look = () => {
        if (outbox.entries.length) return;
        desk.rulings.removeEventListener("change", look);
        stale(item.id);
        if (place.isConnected) draw(true).catch((error) => desk.fail(error));
      };
      desk.rulings.addEventListener("change", look);
    };
    const trials = decision?.trials ?? [];
    const flagged = flags(item.flagged, desk.title);
    const before = alike(item.alike, desk.title);
    place.replaceChildren(
      h("p", { class: "hint" }, link("/desk", "Queue"), ` › Comment ${item.id}`),
      h("h1", { tabindex: -1 }, `Comment by ${item.author?.name ?? "an erased reader"}`),
      h("div", { class: "one-columns" },
        h("div", {}, state(item), ...[parent(item)].filter(Boolean),
          h("div", { class: "text", dir: "auto" }, item.text === null ? h("em", {}, "The text was erased.") : marked(item.text, byClause(decision?.findings))),
          h("p", { class: "hint" }, "Written ", time(item.created_at, when(item.created_at))),
          fault, warning && h("p", { class: "warning" }, warning), item.text !== null && deeds(desk, item, again),
          block("Reader", reader(item, item)), block("Article", article(item, item.article_text)),
          before && block("Nearly the same comments", before), flagged && block("Flags by readers", flagged)),
        h("div", {}, h("h2", {}, "Clauses cited"), ...cited(item, desk.clauses),
          decision && h("section", { class: "block" }, h("h2", {}, "Decision of the policy"),
            h("p", {}, h("strong", {}, LEADS[decision.action] ?? decision.action)),
            h("p", { class: "hint" }, "Policy ", h("code", {}, decision.policy), ", models ", h("code", {}, decision.model || "none")), scores(item)),
          trials.length > 0 && h("section", { class: "block" }, h("h2", {}, "Found on trial, without effect"), cited({ ...item, decision: { findings: trials } }, desk.clauses, "trial")))),
      ...[item.rulings?.length > 0 && rulings(item, desk.title), item.audit?.length > 0 && audit(item)].filter(Boolean));
    if (focus) place.querySelector("h1").focus();
  };
  await draw();
  return { title: `Comment ${id}`, node: place, leave: () => desk.rulings.removeEventListener("back", back) };
}
