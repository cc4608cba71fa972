// What the queue shows, as fields; the address is where it is kept.
import { get } from "./api.js";
import { field, h, select } from "./dom.js";
import { STATES } from "./words.js";

const NAMES = ["state", "order", "clause", "article", "outlet", "reader", "escalated", "flagged", "q"];
const DEFAULTS = { state: "held", order: "oldest" };
const ORDERS = [
  ["oldest", "Oldest first"],
  ["newest", "Newest first"],
  ["disagreement", "Likely disputed first"],
  ["certainty", "Most certain first"],
];

const clausesOf = (desk) => [["", "Any clause"], ...desk.clauses.map(({ rule, title }) => [rule, title.replace(/\.$/, "")])];

/** Reads the filters out of an address. */
export function read(query) {
  const given = Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? DEFAULTS[name] ?? ""]));
  if (!STATES[given.state]) given.state = DEFAULTS.state;
  if (!ORDERS.some(([order]) => order === given.order)) given.order = DEFAULTS.order;
  return given;
}

/** Writes the filters as an address. */
export function written(filters) {
  const kept = NAMES.filter((name) => filters[name] && filters[name] !== DEFAULTS[name]);
  const query = new URLSearchParams(kept.map((name) => [name, filters[name]])).toString();
  return query ? `/desk?${query}` : "/desk";
}

/** The search field and the folded rest; `choose(filters)` is called with what is wanted. */
export class Filters {
  constructor(desk, choose) {
    Object.assign(this, { desk, choose });
    const { outlets } = desk;
    this.search = h("input", { type: "search", "aria-label": "Search in the comments", placeholder: "Search", enterkeyhint: "search" });
    this.controls = {
      state: select(Object.entries(STATES), "held"),
      order: select(ORDERS, "oldest"),
      clause: select(clausesOf(desk)),
      article: select([["", "All articles"]]),
      outlet: select([["", "All outlets"], ...outlets.map(({ id, name }) => [id, name])]),
      escalated: h("input", { type: "checkbox", id: "only-escalated" }),
      flagged: h("input", { type: "checkbox", id: "only-flagged" }),
    };
    this.chips = h("ul", { class: "chips", "aria-label": "Filters in force" });
    this.box = h("details", { class: "filters" },
      h("summary", {}, "Filters"),
      field("Show", this.controls.state), field("Order", this.controls.order),
      field("Clause", this.controls.clause), field("Article", this.controls.article, "The latest hundred; older ones have their own page."), outlets.length > 1 && field("Outlet", this.controls.outlet),
      h("p", { class: "check" }, this.controls.escalated, h("label", { for: "only-escalated" }, "Escalated only")),
      h("p", { class: "check" }, this.controls.flagged, h("label", { for: "only-flagged" }, "Flagged by readers only")));
    this.node = h("form", { class: "finding", role: "search" }, this.search, this.box, this.chips);
    this.box.addEventListener("toggle", () => this.box.open && this.#fetch("/api/articles?limit=100"));
    this.node.addEventListener("change", () => this.#chosen());
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#chosen();
    });
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.search.value = this.filters.q;
      this.search.blur();
    });
  }

  /** Shows in the fields what is in force. */
  show(filters) {
    this.filters = filters;
    this.search.value = filters.q;
    if (filters.article && !this.#titled(filters.article)) {
      this.#offer({ id: filters.article, title: `Article ${filters.article}` });
      this.#fetch(`/api/articles/${encodeURIComponent(filters.article)}`);
    }
    for (const [name, control] of Object.entries(this.controls)) {
      if (control.type === "checkbox") control.checked = Boolean(filters[name]);
      else control.value = filters[name];
    }
    this.#name();
  }

  /** Says on the buttons which filters are in force. */
  #name() {
    const { filters } = this;
    const words = {
      state: filters.state !== "held" && STATES[filters.state],
      order: filters.order !== "oldest" && ORDERS.find(([order]) => order === filters.order)[1],
      clause: filters.clause && this.desk.title(filters.clause).replace(/\.$/, ""),
      article: filters.article && this.#titled(filters.article),
      outlet: filters.outlet,
      reader: filters.reader && "One reader",
      escalated: filters.escalated && "Escalated",
      flagged: filters.flagged && "Flagged",
      q: filters.q && `“${filters.q}”`,
    };
    this.chips.replaceChildren(...Object.entries(words).filter(([, said]) => said).map(([name, said]) =>
      h("li", {}, h("button", {
        type: "button", "aria-label": `Without: ${said}`,
        onclick: () => {
          this.search.focus();
          this.choose({ ...this.filters, [name]: DEFAULTS[name] ?? "" });
        },
      }, said, h("span", { "aria-hidden": "true" }, " ×")))));
  }

  /** Offers the clauses that hold now; the one that is chosen stays so, if it is among them. */
  renew() {
    const { clause } = this.controls;
    const { value } = clause;
    clause.replaceChildren(...select(clausesOf(this.desk)).children);
    clause.value = value;
    if (clause.value !== value) clause.value = "";
  }

  #titled(id) {
    return [...this.controls.article.options].find(({ value }) => value === `${id}`)?.textContent;
  }

  /** Offers an article, by its title. */
  #offer({ id, title }) {
    const known = [...this.controls.article.options].find(({ value }) => value === `${id}`);
    if (known) known.textContent = title;
    else this.controls.article.append(h("option", { value: id }, title));
  }

  /** Asks for articles, and offers them; without an answer the others are still there. */
  async #fetch(address) {
    const given = await get(address).catch(() => ({ articles: [] }));
    for (const one of given.articles ?? [given]) this.#offer(one);
    if (this.filters) this.#name();
  }

  open() {
    this.box.open = true;
    this.controls.state.focus();
  }

  #chosen() {
    const given = { ...this.filters, q: this.search.value.trim() };
    for (const [name, control] of Object.entries(this.controls)) {
      given[name] = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
    }
    if (written(given) !== written(this.filters)) this.choose(given);
  }
}
