// Hears of comments while the page is open, and brings them in without moving what one reads or types.
import { button, h } from "./parts.js";

const HIDDEN = 60_000;

// The browser reconnects by itself after a lost line and says where it was (Last-Event-ID).
// After a refusal it gives up; then this asks again, ever more slowly.
export class Live {
  #wait = 2_000;

  // `take` gets each event; `back` is called where events may have been missed.
  constructor(address, last, take, back) {
    Object.assign(this, { address, last, take, back, missed: !last });
    document.addEventListener("visibilitychange", this.#seen);
    this.#open();
  }

  close() {
    document.removeEventListener("visibilitychange", this.#seen);
    this.#shut();
  }

  #shut() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  #open() {
    this.#shut();
    if (this.last) this.address.searchParams.set("last_event_id", this.last);
    const source = new EventSource(this.address);
    this.source = source;
    source.onopen = () => {
      this.#wait = 2_000;
      if (this.missed) this.back();
      this.missed = false;
    };
    source.onerror = () => {
      this.missed = true;
      if (source.readyState !== 2) return;
      // Everybody lost the server at one moment, and must not come back at one moment.
      this.timer = setTimeout(() => this.#open(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, 60_000);
    };
    for (const kind of ["new", "withdrawn", "count"]) {
      source.addEventListener(kind, (event) => {
        this.last = event.lastEventId || this.last;
        this.take(kind, JSON.parse(event.data));
      });
    }
  }

  // A browser has few lines to one server; pages in the background give theirs back.
  #seen = () => {
    clearTimeout(this.timer);
    if (document.hidden) this.timer = setTimeout(() => this.#shut(), HIDDEN);
    else if (this.source.readyState) {
      this.missed = true;
      if (this.source.readyState === 2) this.#open();
    }
  };
}

// People read a third of the way down the window; what they type in goes before.
function lookedAt(host, root) {
  if (root.activeElement?.matches("textarea, input, select")) return root.activeElement;
  const line = innerHeight / 3;
  const { top, bottom, left, width } = host.getBoundingClientRect();
  if (top > line) return null;
  return bottom < line ? root.lastChild : root.elementFromPoint(left + width / 2, line)?.closest("article, form");
}

export function steadily(host, root, change) {
  const anchor = lookedAt(host, root);
  const before = anchor?.getBoundingClientRect().top;
  const done = change();
  if (!anchor?.isConnected) return done;
  const moved = anchor.getBoundingClientRect().top - before;
  // The window scrolls mostly, but comments also live in drawers.
  let at = host;
  while (at instanceof Element && !(/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight)) at = at.parentNode;
  if (moved) (at instanceof Element ? at : document.scrollingElement).scrollBy({ top: moved, behavior: "instant" });
  return done;
}

export function goTo(article) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  article.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  article.focus({ preventScroll: true });
}

// The new ones: said aloud once in a while, and a button leads to those out of sight.
export class Arrivals {
  #unseen = new Set();
  #unsaid = 0;

  constructor(here) {
    this.here = here;
    this.button = button("", () => goTo(this.#shown()[0]), { class: "main" });
    this.element = h("div", { class: "fresh", hidden: "" }, this.button);
    this.watch = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) this.watch.unobserve(target);
        this.#unseen[isIntersecting ? "delete" : "add"](target);
      }
      this.#shown();
    });
  }

  came(block) {
    block.classList.add("arrived");
    this.watch.observe(block);
    this.#unsaid += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.here.say(this.here.t("fresh", { n: this.#unsaid }));
      this.#unsaid = 0;
    }, 1_500);
  }

  // Those out of sight, topmost first.
  #shown() {
    const there = [...this.#unseen].filter((block) => block.isConnected);
    there.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    this.element.hidden = !there.length;
    this.button.textContent = this.here.t("fresh", { n: there.length });
    return there;
  }
}
