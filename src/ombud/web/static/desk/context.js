// What surrounds a comment: the parent, the article, the reader, earlier ones nearly alike, flags.
import { h, link, time } from "./dom.js";
import { count, date, DEEDS, percent, sentence, short, STATES, when, who } from "./words.js";

/** The comment that this one answers. */
export function parent(item) {
  if (!item.parent) return null;
  const { id, name, author, text } = item.parent;
  return h("blockquote", { class: "parent" },
    h("p", { class: "hint" }, "In answer to ", link(`/desk/comments/${id}`, name ?? author?.name ?? "an erased reader")),
    h("p", {}, text ?? "The text was erased."));
}

/** The article; its text unfolds. */
export function article(item, text) {
  const { id, title, url, outlet } = item.article;
  return [
    h("h3", {}, link(`/desk/articles/${id}`, title || "Untitled article")),
    h("p", { class: "hint" }, `${outlet} · `, link(url, "on the paper's page", { target: "_blank", rel: "noopener" })),
    text && h("details", {}, h("summary", {}, "What the article says"),
      h("div", { class: "article-text" }, text.split("\n").filter((line) => line.trim()).map((line) => h("p", {}, line)))),
  ];
}

/** How the reader's comments fared, the bans that hold, and what they wrote lately. */
export function reader(item, given = {}) {
  const { id, name, staff, approved = 0, deleted = 0, since } = item.author;
  const all = approved + deleted;
  const bans = (given.bans ?? []).filter((ban) => !ban.lifted_at && !(Date.parse(ban.until) < Date.now()));
  return [
    h("h3", {}, link(`/desk/readers/${id}`, name ?? "Erased reader"), staff && h("span", { class: "tag" }, "staff")),
    h("p", {}, all
      ? `${count(approved, "comment")} approved, ${deleted.toLocaleString("en-GB")} deleted${deleted ? ` (${percent(deleted / all)})` : ""}.`
      : "New here: nothing ruled yet.",
    since && h("span", { class: "hint" }, " Here since ", time(since, date(since)), ".")),
    bans.map(({ reason, until, by }) => h("p", { class: "ban" },
      until ? `Suspended until ${when(until)}` : "Banned", ` by ${who(by)}: ${reason}`)),
    given.history?.length > 0 && h("details", {}, h("summary", {}, "What they wrote lately"),
      h("ul", { class: "alike" }, given.history.slice(0, 8).map((one) => h("li", { class: one.state },
        h("p", { class: "alike-text" }, short(one.text ?? "The text was erased.", 160)),
        h("p", { class: "hint" }, STATES[one.state], ", ", link(`/desk/comments/${one.id}`, time(one.created_at, when(one.created_at)))))))),
  ];
}

/** What became of a comment, in a sentence. */
export function decided({ state, ruling }) {
  if (!ruling) return state === "held" ? "Waits for a ruling." : `${STATES[state]} without a moderator.`;
  return h("span", {}, `${sentence(DEEDS[ruling.action] ?? ruling.action)} by ${who(ruling.by)}, `, time(ruling.at, when(ruling.at)), ".");
}

/** Earlier comments nearly alike, with what was decided, by whom and when. */
export function alike(given, titles) {
  if (!given?.length) return null;
  return h("ul", { class: "alike" }, given.map((one) => h("li", { class: one.state },
    h("p", { class: "alike-text" }, short(one.text ?? "The text was erased.", 220)),
    h("p", { class: "hint" },
      h("strong", {}, STATES[one.state], one.by ? ` by ${who(one.by)}` : one.state === "held" ? "" : " without a moderator"),
      ", ", time(one.at, when(one.at)), one.clause && `, citing “${titles(one.clause).replace(/\.$/, "")}”`,
      `. ${likeness(one)}; by ${one.name ?? "an erased reader"} · `, link(`/desk/comments/${one.id}`, "Open")))));
}

/** How near another comment is, in words. */
function likeness(one) {
  if (one.reworded) return "May say the same in other words";
  return `${percent(one.likeness)} alike${one.quoted ? ", but only in what they quote" : ""}`;
}

/** The words of warning before a ruling that would go against an earlier one, or "". */
export function opposite(given, action = null) {
  const [approved, deleted] = ["approved", "deleted"].map((state) => 
    (given ?? []).find((one) => one.by && one.state === state && !one.reworded && !one.quoted));
  const said = (one) => `${one.state} by ${who(one.by)}, ${when(one.at)}`;
  if (approved && deleted && !action) return `Nearly the same comments were decided both ways: one ${said(deleted)}; one ${said(approved)}.`;
  const against = { delete: approved, approve: deleted }[action] ?? (action ? null : approved ?? deleted);
  return against ? `Nearly the same comment was ${said(against)}.` : "";
}

/** What readers said when they flagged the comment. */
export function flags(given, titles) {
  if (!given?.length) return null;
  return h("ul", { class: "flags" }, given.map(({ clause, note, at }) => h("li", {},
    h("p", {}, clause ? titles(clause).replace(/\.$/, "") : "Flagged", note && `: “${note}”`),
    h("p", { class: "hint" }, time(at, when(at))))));
}
