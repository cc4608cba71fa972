// What is known of single comments beyond the queue: asked once, and ahead of the reading.
import { get } from "./api.js";

const KEPT = 60;
const kept = new Map();

/** Returns a promise of everything about a comment. */
export function detail(id) {
  if (!kept.has(id)) {
    const asked = get(`/api/comments/${id}`);
    asked.catch(() => kept.delete(id));
    kept.set(id, asked);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(id);
}

/** Forgets a comment, because something about it is new. */
export function stale(id) {
  kept.delete(id);
}
