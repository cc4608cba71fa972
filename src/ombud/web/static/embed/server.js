// Asks the JSON API, and remembers what a reader's browser must: who writes, and what is not sent yet.
// Nothing is remembered of readers who only read, and nothing ever as a cookie.
export class Memory {
  // For browsers that refuse to keep anything: as long as the page is open.
  #here = {};

  constructor(server) {
    this.named = (name) => `ombud ${server} ${name}`;
  }

  recall(name) {
    try {
      return JSON.parse(localStorage.getItem(this.named(name))) ?? this.#here[name];
    } catch {
      return this.#here[name];
    }
  }

  keep(name, value) {
    this.#here[name] = value;
    try {
      if (value) localStorage.setItem(this.named(name), JSON.stringify(value));
      else localStorage.removeItem(this.named(name));
    } catch {
      // Refused, or full.
    }
  }
}

// The name in the paper's own token; whether the token is good, the server says.
function nameIn(token) {
  try {
    const letters = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, (c) => c.charCodeAt(0)))).user.username;
  } catch {
    return "";
  }
}

export class Server {
  // `paper`: the paper's sign-in, if the page has one; others are known by the token for their first comment.
  constructor(address, t, paper) {
    Object.assign(this, { address, t, paper, memory: new Memory(address) });
  }

  // Who writes, or nobody yet.
  get reader() {
    return this.paper ? { token: this.paper, name: nameIn(this.paper) } : this.memory.recall("reader");
  }

  url(path, query = {}) {
    const url = new URL(path, this.address);
    for (const [name, value] of Object.entries(query)) for (const one of [value ?? []].flat()) url.searchParams.append(name, one);
    return url;
  }

  // Public reads carry no name, so that caches may answer them.
  read(path, query, given) {
    return this.#ask(this.url(path, query), given);
  }

  mine(path, query) {
    return this.#ask(this.url(path, query), { headers: this.#named() });
  }

  send(path, body, key) {
    const headers = { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }), ...this.#named() };
    return this.#ask(this.url(path), { method: "POST", headers, body: JSON.stringify(body) });
  }

  #named() {
    return this.reader ? { Authorization: `Bearer ${this.reader.token}` } : {};
  }

  async #ask(url, given) {
    let answer;
    let said = {};
    try {
      answer = await fetch(url, { signal: AbortSignal.timeout(30_000), ...given, credentials: "omit" });
      said = await answer.json();
    } catch {
      // No answer; or a proxy's page instead of one, and what that says is not for readers.
      if (!answer) said.detail = this.t("offline");
    }
    if (answer?.ok && !said.detail) return said;
    throw Object.assign(new Error(said.detail ?? this.t("failed")), { status: answer?.status, code: said.code });
  }
}
