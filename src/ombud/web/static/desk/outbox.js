// What a moderator decided and the server has yet to hear: in order, kept until it is answered.
const LONGEST = 15_000;
// Unlike `randomUUID`, this is there without HTTPS as well.
const unlike = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");

export class Outbox extends EventTarget {
  #entries;
  #busy = false;
  #wake = null;

  /**
   * `storage` keeps the entries under `name`; `send(entry, again)` tells the server one of them.
   * `again` says that it may have been told before, without an answer.
   */
  constructor(storage, name, send) {
    super();
    Object.assign(this, { storage, name, send });
    this.trouble = null;
    this.#entries = JSON.parse(storage.getItem(name) ?? "[]");
    addEventListener("online", () => this.wake());
  }

  get entries() {
    return [...this.#entries];
  }

  add(entry) {
    const kept = { ...entry, key: unlike(), at: Date.now(), told: false };
    this.#entries.push(kept);
    this.#changed();
    this.wake();
    return kept;
  }

  /** Takes an entry back that was never told; false if it may be at the server already. */
  take(key) {
    const entry = this.#entries.find((one) => one.key === key);
    if (!entry || entry.told) return false;
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#changed();
    return true;
  }

  /** Goes on at once, instead of waiting for the next try. */
  wake() {
    this.#wake?.();
    this.#run();
  }

  async #run() {
    if (this.#busy) return;
    this.#busy = true;
    for (let tries = 0; this.#entries.length; ) {
      const [entry] = this.#entries;
      const again = entry.told;
      entry.told = true;
      this.#changed();
      try {
        const answer = await this.send(entry, again);
        this.#drop(entry, "done", { entry, answer });
        tries = 0;
      } catch (error) {
        if (!error.code) throw error;
        // Turned away at the door: nothing was done, and it may still be taken back.
        entry.told = again || error.status === 0 || error.status >= 500;
        if (error.status === 401) {
          this.#troubled(error);
          break;
        }
        if (error.passing) {
          this.#troubled(error);
          tries += 1;
          await this.#pause(Math.max(error.wait * 1000, Math.min(LONGEST, 500 * 2 ** tries)));
        } else this.#drop(entry, "refused", { entry, error });
      }
    }
    this.#busy = false;
  }

  #drop(entry, name, detail) {
    this.trouble = null;
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#changed();
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #troubled(error) {
    this.trouble = error;
    this.#changed();
  }

  #pause(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #changed() {
    this.storage.setItem(this.name, JSON.stringify(this.#entries));
    this.dispatchEvent(new Event("change"));
  }
}
