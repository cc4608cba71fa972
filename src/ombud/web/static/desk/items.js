// The comments of the queue as they stand in the list: loaded, arrived, taken, put back.
import { get, query } from "./api.js";

const PAGE = 50;
const sorts = {
  oldest: (a, b) => a.id - b.id,
  newest: (a, b) => b.id - a.id,
  disagreement: (a, b) => b.disagreement - a.disagreement || a.id - b.id,
  certainty: (a, b) => b.certainty - a.certainty || a.id - b.id,
};

/** Whether a comment that arrives belongs to what the filters show. */
export function matches(item, filters) {
  const { state, clause, article, outlet, reader, escalated, flagged, q } = filters;
  if (item.state !== state) return false;
  if (clause && !(item.decision?.findings ?? []).some((one) => one.rule === clause)) return false;
  if (article && `${item.article.id}` !== `${article}`) return false;
  if (outlet && item.article.outlet !== outlet) return false;
  if (reader && `${item.author.id}` !== `${reader}`) return false;
  if (escalated && !item.escalated) return false;
  if (flagged && !item.flags) return false;
  return !q || (item.text ?? "").toLowerCase().includes(q.toLowerCase());
}

/** Says `change` whenever the list is another. */
export class Items extends EventTarget {
  /** Begins empty; `load` fills it. */
  constructor() {
    super();
    Object.assign(this, { list: [], fresh: new Map(), count: 0, next: null, filters: null });
    this.asking = new AbortController();
  }

  find(id) {
    return this.list.find((item) => item.id === id);
  }

  place(id) {
    return this.list.findIndex((item) => item.id === id);
  }

  async load(filters) {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const answer = await get(`/api/queue${query({ ...filters, folded: true, limit: PAGE })}`, { signal });
    Object.assign(this, { filters, list: answer.items, next: answer.next, count: answer.count });
    this.fresh.clear();
    this.#changed();
  }

  /** Loads the next page; what is on it but was there already stays where it is. */
  async more() {
    if (!this.next || this.loading) return;
    this.loading = true;
    const { filters } = this;
    try {
      const answer = await get(`/api/queue${query({ ...filters, folded: true, limit: PAGE, after: this.next })}`);
      if (filters !== this.filters) return;
      this.next = answer.next;
      for (const item of answer.items) {
        this.fresh.delete(item.id);
        if (!this.find(item.id) && !this.#copied(item)) this.list.push(item);
      }
      this.#changed();
    } finally {
      this.loading = false;
    }
  }

  /** Takes news of a comment: replaces it in place, keeps it aside as new, or lets it go. */
  arrive(item) {
    if (!this.filters) return;
    const at = this.place(item.id);
    if (at >= 0) this.list[at] = { ...this.list[at], ...item };
    else if (matches(item, this.filters)) {
      if (!this.fresh.has(item.id)) this.count += 1;
      const first = this.#copied(item);
      if (first) first.campaign = item.campaign;
      else this.fresh.set(item.id, item);
    } else return;
    this.#changed();
  }

  /** Takes in the first page as the server has it now; `current` stays, `ruled(id)` are gone. */
  compare({ list, next, count }, current, ruled) {
    const there = new Map(list.filter(({ id }) => !ruled(id)).map((item) => [item.id, item]));
    const end = next ? this.place(list.at(-1).id) : this.list.length;
    this.list = this.list.filter(({ id }, at) => at >= end || there.has(id) || id === current);
    for (const id of this.fresh.keys()) if (!next && !there.has(id)) this.fresh.delete(id);
    for (const item of there.values()) {
      const at = this.place(item.id);
      if (at >= 0) this.list[at] = item;
      else if (!this.#copied(item)) this.fresh.set(item.id, item);
    }
    this.count = next ? count : this.list.length + this.fresh.size;
    this.#changed();
  }

  change(id, given) {
    for (const item of [this.find(id), this.fresh.get(id)]) if (item) Object.assign(item, given);
    this.#changed();
  }

  /** Takes a comment from among the new ones. */
  forget(id) {
    if (!this.fresh.delete(id)) return;
    this.count = Math.max(0, this.count - 1);
    this.#changed();
  }

  /** Lets the new ones into the list, in its order. */
  merge() {
    for (const item of this.fresh.values()) this.#insert(item);
    this.fresh.clear();
    this.#changed();
  }

  /** Takes a comment out; returns where it stood, or -1. */
  take(id) {
    const at = this.place(id);
    const known = this.fresh.delete(id) || at >= 0;
    if (at >= 0) this.list.splice(at, 1);
    if (known) this.count = Math.max(0, this.count - 1);
    this.#changed();
    return at;
  }

  /** Puts a comment back where it stood. */
  back(item, at = -1) {
    this.fresh.delete(item.id);
    if (this.find(item.id)) return;
    if (at < 0) this.list.unshift(item);
    else this.list.splice(Math.min(at, this.list.length), 0, item);
    this.count += 1;
    this.#changed();
  }

  /** The one that stands for all comments of the campaign of another, if any does. */
  #copied({ id, campaign }) {
    return campaign && [...this.list, ...this.fresh.values()].find((one) => one.id !== id && one.campaign?.id === campaign.id);
  }

  #insert(item) {
    if (this.find(item.id)) return;
    const before = sorts[this.filters.order] ?? sorts.oldest;
    const at = this.list.findIndex((one) => before(item, one) < 0);
    if (at >= 0) this.list.splice(at, 0, item);
    else this.list.push(item);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
