// Hears what happens at the desk, and keeps listening: `state` is "live", "waiting" or "off".
const NAMES = ["held", "ruled", "claimed", "released", "flagged", "new", "withdrawn", "campaign", "flood", "policy", "report", "correction", "mail"];
const LONGEST = 30_000;

export class Live extends EventTarget {
  /** Opens the stream at `address` when told to. */
  constructor(address) {
    super();
    Object.assign(this, { address, source: null, state: "off", tries: 0, lost: false });
    // A line that died with its network may never have said so.
    addEventListener("online", () => {
      if (!this.source) return;
      this.lost = true;
      this.open();
    });
  }

  open() {
    this.close();
    this.source = new EventSource(this.address);
    this.source.addEventListener("open", () => {
      this.tries = 0;
      this.#now("live");
      // What happened while nobody listened has to be asked for.
      if (this.lost) this.dispatchEvent(new Event("gap"));
      this.lost = false;
    });
    this.source.addEventListener("error", () => {
      this.lost = true;
      this.#now("waiting");
      if (this.source.readyState === EventSource.CLOSED) this.#again();
    });
    for (const name of NAMES) {
      this.source.addEventListener(name, (event) =>
        this.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(event.data) })),
      );
    }
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.#now("off");
  }

  #again() {
    this.tries += 1;
    this.timer = setTimeout(() => this.open(), Math.min(LONGEST, 1000 * 2 ** this.tries));
  }

  #now(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
