// The comment that is open: what it says, marked, and all one needs to rule on it.
import { cited } from "./cited.js";
import { alike, article, flags, opposite, parent, reader } from "./context.js";
import { detail } from "./details.js";
import { h, link, time } from "./dom.js";
import { byClause, marked } from "./marks.js";
import { count, DEEDS, disagreed, STATES, when, who } from "./words.js";

const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);

export class OpenComment {
  /** Draws nothing until a comment is shown. */
  constructor(desk) {
    Object.assign(this, { desk, id: null, given: null });
    this.banner = h("div", { class: "banner", role: "status" });
    this.body = h("div", { class: "comment-body" });
    this.more = h("div", { class: "more" });
    this.heading = h("h2", { tabindex: -1, class: "who" });
    this.line = h("p", { class: "hint line" });
    this.warning = h("p", { class: "warning", role: "status", hidden: true });
    this.reading = h("article", { class: "reading", "aria-label": "Open comment" }, this.banner, this.heading, this.line, this.body, this.warning, this.more);
    this.cited = h("section", { class: "cited", "aria-label": "Clauses cited" });
  }

  /** Shows a comment at once, and what else is known of it as soon as that is here. */
  async show(item) {
    const another = this.id !== item.id;
    this.id = item.id;
    this.#head(item);
    if (!another) return;
    const focused = [this.reading, this.cited].some((place) => place !== document.activeElement && place.contains(document.activeElement));
    this.given = null;
    this.tell("");
    const groups = byClause(item.decision?.findings);
    this.body.replaceChildren(
      ...[parent(item)].filter(Boolean),
      h("div", { class: "text", dir: "auto" }, item.text === null ? h("em", {}, "The text was erased.") : marked(item.text, groups)));
    const doubt = disagreed(item.disagreement);
    this.cited.replaceChildren(h("h2", {}, groups.length > 1 ? "Clauses cited" : "Clause cited"), ...cited(item, this.desk.clauses),
      doubt && h("p", { class: "doubt" }, doubt));
    this.warning.hidden = true;
    this.#around(item, null);
    this.reading.scrollTop = 0;
    this.cited.scrollTop = 0;
    // On a phone it is the page itself that scrolls.
    scrollTo(0, 0);
    if (focused) this.heading.focus();
    try {
      const given = await detail(item.id);
      if (this.id !== item.id) return;
      this.given = given;
      this.#around(item, given);
    } catch (error) {
      if (this.id === item.id && error.status === 401) this.desk.fail(error);
    }
  }

  /** Says above the comment what has become of it meanwhile. */
  tell(words, kind = "") {
    this.banner.className = `banner ${kind}`;
    this.banner.textContent = words;
  }

  empty(words) {
    this.id = null;
    this.tell("");
    this.heading.textContent = words;
    this.warning.hidden = true;
    for (const place of [this.line, this.body, this.more, this.cited]) place.replaceChildren();
  }

  #head(item) {
    const { author, ruling, state } = item;
    const fresh = author && !author.approved && !author.staff;
    this.heading.replaceChildren(link(author && `/desk/readers/${author.id}`, author?.name ?? "An erased reader"),
      ...[author?.staff && h("span", { class: "tag" }, "staff"), fresh && h("span", { class: "tag hold" }, "new reader"),
        item.escalated && h("span", { class: "tag hold" }, "escalated"),
        item.flags > 0 && h("span", { class: "tag" }, count(item.flags, "flag"))].filter(Boolean));
    const because = state === "held" ? item.held_because
      : ruling ? `${STATES[state]} by ${who(ruling.by)}, ${when(ruling.at)}.` : `${STATES[state]} without a moderator.`;
    const { campaign } = item;
    this.line.replaceChildren(h("strong", { class: "because" }, because ?? ""), " ",
      link(`/desk/comments/${item.id}`, time(item.created_at, `Written ${when(item.created_at)}`)),
      ...(campaign ? [" · part of ", link(`/desk/campaigns/${campaign.id}`, `campaign ${campaign.id} (${count(campaign.comments, "copy", "copies")})`)] : []));
  }

  #around(item, given) {
    const warning = opposite(given?.alike);
    this.warning.hidden = !warning;
    this.warning.textContent = warning;
    const before = alike(given?.alike, this.desk.title);
    const told = flags(given?.flagged, this.desk.title);
    const notes = (given?.rulings ?? []).filter((one) => one.note);
    this.more.replaceChildren(...[
      before && block("Nearly the same comments", before),
      notes.length && block("Notes", notes.map((one) => h("p", {}, `“${one.note}” `,
        h("span", { class: "hint" }, `${who(one.by)}, who ${DEEDS[one.action] ?? one.action} it, ${when(one.at)}`)))),
      told && block("Flags by readers", told),
      item.author && block("Reader", reader(item, given ?? {})),
      block("Article", article(item, given?.article_text)),
    ].filter(Boolean));
  }
}
