// The rulings of this sitting: done at once here, sent through the outbox, taken back with one key.
import { deliver } from "./deliver.js";
import { Outbox } from "./outbox.js";
import { plain, short } from "./words.js";

const KEPT = 30;
const MOMENT = 10_000;

/** Says `change`, and `back` with `{id, words, item}` when a comment must return to the queue. */
export class Rulings extends EventTarget {
  /** Every moderator has an outbox of their own: nobody's rulings go out in another's name. */
  constructor(me, items, storage = sessionStorage) {
    super();
    Object.assign(this, { me, items, storage, name: `ombud.rulings.${me}` });
    this.log = JSON.parse(storage.getItem(this.name) ?? "[]");
    this.taken = new Map();
    const results = (key) => this.log.find((slip) => slip.key === key)?.results ?? [];
    this.outbox = new Outbox(storage, `ombud.outbox.${me}`, (entry, again) =>
      deliver(entry, again, me, results),
    );
    this.outbox.addEventListener("change", () => this.dispatchEvent(new Event("change")));
    this.outbox.addEventListener("done", ({ detail }) => this.#done(detail.entry, detail.answer));
    this.outbox.addEventListener("refused", ({ detail }) => this.#refused(detail.entry, detail.error));
  }

  /** Whether this tab has ruled on a comment, so that news of it are no news. */
  knows(id) {
    return this.log.some((slip) => slip.comments.some((one) => one.id === id));
  }

  /** Whether a ruling of this tab on a comment is on its way, or arrived a moment ago. */
  ruled(id) {
    const slip = this.log.find((one) => one.comments.some((comment) => comment.id === id));
    return slip?.state === "waiting" || (slip?.state === "done" && Date.now() - slip.at < MOMENT);
  }

  rule(items, action, clause, note) {
    const [{ state: expected }] = items;
    const comments = items.map((item) => item.id);
    const given = { comments, action, clause: clause ?? undefined, note: note || undefined };
    return this.#slip(items, { kind: "rule", ...given, expected });
  }

  escalate(item, note) {
    return this.#slip([item], { kind: "escalate", action: "escalate", comments: [item.id], note });
  }

  #slip(items, entry) {
    // Keep the slip first: the outbox may answer before this returns.
    const slip = {
      action: entry.action, clause: entry.clause ?? null, state: "waiting", results: [],
      comments: items.map(({ id, author, text, state }) => ({ id, state, name: author?.name ?? "", text: short(text) })),
    };
    for (const item of items) this.taken.set(item.id, { item, place: this.items.take(item.id) });
    this.log.unshift(slip);
    this.log.length = Math.min(this.log.length, KEPT);
    slip.key = this.outbox.add(entry).key;
    this.#changed();
    return slip;
  }

  /** Takes back the last ruling that stands, or the one given; returns its slip. */
  undo(slip = this.log.find((one) => one.state === "waiting" || one.state === "done")) {
    if (!slip) return null;
    if (this.outbox.take(slip.key)) slip.state = "undone";
    else {
      slip.state = "undoing";
      slip.undone = this.outbox.add({ kind: "undo", of: slip.key }).key;
    }
    for (const { id, state } of slip.comments) {
      const refused = slip.results.some((one) => one.comment === id && one.code);
      if (state && !refused) this.#back(id, "", state);
    }
    this.#changed();
    return slip;
  }

  /** Takes back the ruling that stands on a comment, whoever made it. */
  takeBack(item) {
    const { id, ruling, author, text } = item;
    const comments = [{ id, name: author?.name ?? "", text: short(text) }];
    const results = [{ comment: id, id: ruling.id }];
    const slip = { key: `of ${ruling.id}`, action: ruling.action, clause: ruling.clause, state: "done", results, comments };
    this.log = [slip, ...this.log.filter((one) => !one.results.some((known) => known.id === ruling.id))];
    return this.undo(slip);
  }

  #done(entry, results) {
    if (entry.kind === "undo") {
      const slip = this.log.find((one) => one.undone === entry.key);
      if (slip) slip.state = results.length && results.every((one) => one.code) ? "done" : "undone";
      for (const { comment, code, detail } of results) {
        if (code) this.#back(comment, plain({ code, message: detail }), undefined, true);
      }
    } else {
      const slip = this.log.find((one) => one.key === entry.key);
      if (slip) Object.assign(slip, { results, at: Date.now(), state: slip.state === "waiting" ? "done" : slip.state });
      for (const one of results) if (one.code) this.#back(one.comment, plain({ ...one, message: one.detail }));
      if (slip && results.every((one) => one.code)) slip.state = "refused";
    }
    this.#changed();
  }

  #refused(entry, error) {
    const slip = this.log.find((one) => one.key === entry.key || one.undone === entry.key);
    const words = plain(error);
    if (slip) {
      slip.state = entry.kind === "undo" ? "done" : "refused";
      slip.results = entry.kind === "undo" ? slip.results : slip.comments.map(({ id }) => ({ comment: id, code: error.code, detail: words }));
      for (const { id } of slip.comments) this.#back(id, words, undefined, entry.kind === "undo");
    }
    this.#changed();
  }

  #back(id, words, state, undoing = false) {
    const { item, place } = this.taken.get(id) ?? {};
    this.dispatchEvent(new CustomEvent("back", { detail: { id, words, item, place, state, undoing } }));
  }

  #changed() {
    this.storage.setItem(this.name, JSON.stringify(this.log));
    this.dispatchEvent(new Event("change"));
  }
}
