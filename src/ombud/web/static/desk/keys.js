// One key a deed.  Keys never fire while somebody types, and can be switched off altogether.
const STORED = "ombud.keys";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export class Keys {
  /** Listens from now on. */
  constructor() {
    this.bound = new Map();
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  get on() {
    return localStorage.getItem(STORED) !== "off";
  }

  set on(value) {
    localStorage.setItem(STORED, value ? "on" : "off");
  }

  /** Binds `[[key, {words, press, again?}]]`; returns the way to let go of them. */
  bind(deeds) {
    for (const [key, deed] of deeds) this.bound.set(key, deed);
    return () => {
      for (const [key, deed] of deeds) if (this.bound.get(key) === deed) this.bound.delete(key);
    };
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    const deed = this.bound.get(event.key);
    if (!deed || (!this.on && event.key !== "?" && event.key !== "Escape")) return;
    // A key held down must not rule over the whole queue.
    if (event.repeat && !deed.again) return;
    event.preventDefault();
    deed.press(event);
  }
}
