// Asks, hears, and remembers.
function nameIn(token) {
  try {
    const letters = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, (c) => c.charCodeAt(0)))).user.username;
  } catch {
    return "";
  }
}

export class Server {
  #kept = {};

  constructor(address, t, paper) {
    Object.assign(this, { address, t, paper });
  }

  recall(name) {
    try {
      return JSON.parse(localStorage.getItem(`ombud ${this.address} ${name}`)) ?? this.#kept[name];
    } catch {
      return this.#kept[name];
    }
  }

  keep(name, value) {
    this.#kept[name] = value;
    try {
      const key = `ombud ${this.address} ${name}`;
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {}
  }

  get reader() {
    return this.paper ? { token: this.paper, name: nameIn(this.paper) } : this.recall("reader");
  }

  url(path, query = {}) {
    const url = new URL(path, this.address);
    for (const [name, value] of Object.entries(query)) if (value != null) url.searchParams.append(name, value);
    return url;
  }

  // Public reads carry no name, so that caches may answer them.
  read(path, query, named) {
    return this.#ask(this.url(path, query), { headers: named && this.#named() });
  }

  send(path, body, key) {
    const headers = { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }), ...this.#named() };
    return this.#ask(this.url(path), { method: "POST", headers, body: JSON.stringify(body) });
  }

  #named() {
    return this.reader && { Authorization: `Bearer ${this.reader.token}` };
  }

  async #ask(url, given) {
    let answer;
    let said = {};
    try {
      answer = await fetch(url, { signal: AbortSignal.timeout(30_000), credentials: "omit", ...given });
      said = await answer.json();
    } catch {}
    if (answer?.ok) return said;
    throw { message: this.t.refusals[said.code] ?? said.detail ?? this.t(answer ? "failed" : "offline"), status: answer?.status, code: said.code };
  }
}

// A browser reconnects by itself after a lost line, but not after a refusal.
export class Live {
  #wait = 2_000;

  constructor(address, hear) {
    Object.assign(this, { address, hear });
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
    const source = new EventSource(this.address);
    this.source = source;
    source.onopen = () => {
      this.#wait = 2_000;
      this.hear("open", {});
    };
    source.onerror = () => {
      if (source.readyState !== 2) return;
      // Not everybody may come back at one moment.
      this.timer = setTimeout(() => this.#open(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, 60_000);
    };
    for (const kind of ["new", "withdrawn", "count"]) {
      source.addEventListener(kind, ({ data }) => this.hear(kind, JSON.parse(data)));
    }
  }

  // A browser has few lines to one server.
  #seen = () => {
    clearTimeout(this.timer);
    if (document.hidden) this.timer = setTimeout(() => this.#shut(), 60_000);
    else if (this.source.readyState === 2) this.#open();
  };
}
