// Holds the comment that is open, so that two moderators never rule on the same one.
import { put, remove } from "./api.js";

const SETTLE = 200;
const RENEW = 120_000;
const AGAIN = 5_000;

export class Claims extends EventTarget {
  /** Holds nothing at first. */
  constructor() {
    super();
    this.id = null;
    addEventListener("pagehide", () => this.leave());
  }

  /** Claims a comment once it has been open for a moment: who leafs through claims nothing. */
  open(id) {
    if (id === this.id) return;
    this.leave();
    this.id = id;
    this.timer = setTimeout(() => this.#claim(id), SETTLE);
  }

  /** Claims the open comment at once: the desk itself chose it, and others are given theirs. */
  now() {
    if (this.id === null || this.held) return;
    clearTimeout(this.timer);
    this.#claim(this.id);
  }

  /** Lets go of the open comment; `ruled` says that the ruling does that. */
  leave(ruled = false) {
    clearTimeout(this.timer);
    if (this.held && !ruled) remove(`/api/comments/${this.id}/claim`, { keepalive: true }).catch(() => {});
    this.id = null;
    this.held = false;
  }

  async #claim(id) {
    try {
      const claim = await put(`/api/comments/${id}/claim`);
      if (id !== this.id) {
        remove(`/api/comments/${id}/claim`, { keepalive: true }).catch(() => {});
        return;
      }
      this.held = true;
      this.timer = setTimeout(() => this.#claim(id), RENEW);
      this.dispatchEvent(new CustomEvent("claimed", { detail: { id, ...claim } }));
    } catch (error) {
      if (id !== this.id) return;
      this.held = false;
      if (error.passing) this.timer = setTimeout(() => this.#claim(id), AGAIN);
      else this.dispatchEvent(new CustomEvent("refused", { detail: { id, error } }));
    }
  }
}
