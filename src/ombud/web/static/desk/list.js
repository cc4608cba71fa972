// The list of comments at the side: rows stay where they are, and so does the focus.
import { h, time } from "./dom.js";
import { byClause } from "./marks.js";
import { ago, count, short, who } from "./words.js";

const shortly = (rule) => rule.replaceAll("_", " ");

const held = ({ claim }, me) => Boolean(claim) && who(claim.by) !== me && Date.parse(claim.until) > Date.now();

/** How many held copies of a comment it stands for. */
const copies = ({ state, campaign }) => (state === "held" && campaign ? campaign.held - 1 : 0);

function contents(item, me) {
  const groups = byClause(item.decision?.findings);
  return [
    h("span", { class: "row-top" },
      h("strong", {}, item.author?.name ?? "Erased"), item.author?.staff && h("span", { class: "tag" }, "staff"),
      time(item.created_at, ago(item.created_at))),
    h("span", { class: "row-text" }, short(item.text ?? "The text was erased.", 140)),
    h("span", { class: "row-tags" },
      item.escalated && h("span", { class: "tag hold" }, "escalated"),
      item.flags > 0 && h("span", { class: "tag" }, count(item.flags, "flag")),
      copies(item) > 0 && h("span", { class: "tag" }, `and ${count(copies(item), "copy", "copies")}`),
      held(item, me) && h("span", { class: "tag claim" }, `with ${who(item.claim.by)}`),
      groups.slice(0, 3).map(([{ rule, action }]) => h("span", { class: `dot ${action}` }, shortly(rule))),
      groups.length > 3 && h("span", { class: "dot" }, `+${groups.length - 3}`)),
  ];
}

export class List {
  /** `open(id)` and `chosen(id, on)` are called for what is pressed. */
  constructor(me, { open, choose }) {
    Object.assign(this, { me, open, choose, rows: new Map(), current: null });
    this.node = h("ol", { class: "list", "aria-label": "Comments" });
  }

  /** Draws the items in their order; what is drawn already is moved, not made anew. */
  draw(items, current, selected) {
    const focused = this.#focused();
    const wanted = new Set(items.map((item) => item.id));
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      row.node.remove();
      this.rows.delete(id);
    }
    let after = null;
    for (const item of items) {
      const row = this.#row(item);
      const place = after ? after.nextSibling : this.node.firstChild;
      if (row.node !== place) this.node.insertBefore(row.node, place);
      after = row.node;
      row.check.checked = selected.has(item.id);
      row.node.classList.toggle("selected", row.check.checked);
      if (item.id === current) row.button.setAttribute("aria-current", "true");
      else row.button.removeAttribute("aria-current");
    }
    if (focused && !this.#focused()) this.rows.get(current)?.button.focus({ preventScroll: true });
    if (current !== this.current) this.rows.get(current)?.node.scrollIntoView({ block: "nearest" });
    this.current = current;
  }

  focus() {
    this.rows.get(this.current)?.button.focus();
  }

  #focused() {
    return this.node.contains(document.activeElement);
  }

  #row(item) {
    const drawn = JSON.stringify([item.escalated, item.flags, copies(item), held(item, this.me), item.claim?.by, item.text, ago(item.created_at)]);
    const known = this.rows.get(item.id);
    if (known) {
      if (known.drawn !== drawn) known.button.replaceChildren(...contents(item, this.me).flat());
      known.drawn = drawn;
      return known;
    }
    const { id } = item;
    const check = h("input", { type: "checkbox", "aria-label": `Select the comment by ${item.author?.name ?? "an erased reader"}` });
    check.addEventListener("change", () => this.choose(id, check.checked));
    const button = h("button", { type: "button", class: "row", onclick: () => this.open(id) }, contents(item, this.me));
    const row = { node: h("li", { "data-id": id }, h("label", { class: "tick" }, check), button), check, button, drawn };
    this.rows.set(id, row);
    return row;
  }
}
