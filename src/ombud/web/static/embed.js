// <ombud-comments article="URL or id" [server] [sort] [lang] [token]>: the readers' comments of one article.
//
//   <script type="module" src="https://ombud.example/embed.js"></script>
//
// article: without it, the canonical address of the page; server: without it, where this script came from;
// sort: newest, oldest or picks; lang: of the words around the comments, without it that of the page;
// token: the paper's own sign-in for its readers, also a property (`ombud-unauthorized` asks for a new one).
// Tells the page `ombud-count`.  Colours and typefaces: embed/styles.js; languages: embed/strings.js.
// <ombud-count article="URL or id">: the number of comments, for headlines.
import { Arrivals, goTo, Live, steadily } from "./static/embed/live.js";
import { button, h, since } from "./static/embed/parts.js";
import { Server } from "./static/embed/server.js";
import { added, speak } from "./static/embed/strings.js";
import { look } from "./static/embed/styles.js";
import { Thread } from "./static/embed/thread.js";
import { Mine, Writing } from "./static/embed/writing.js";

const SORTS = ["newest", "oldest", "picks"];
const tell = (host, name, detail) => host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
const serverOf = (host) => new URL(host.getAttribute("server") ?? new URL(".", import.meta.url), document.baseURI).href;
const languageOf = (host) => speak(host.closest("[lang]")?.lang || navigator.language);

class Comments extends HTMLElement {
  static observedAttributes = ["article", "server", "sort", "lang", "token"];
  #root = this.attachShadow({ mode: "open" });
  #restart = () => this.#here && this.#start();
  // What belongs to one article, server and language; another one starts afresh.
  #here = null;

  set token(token) {
    this.setAttribute("token", token);
  }

  connectedCallback() {
    this.#root.adoptedStyleSheets = [look];
    added.addEventListener("added", this.#restart);
    // Who never scrolls near the comments costs the server nothing.
    this.near = new IntersectionObserver((entries) => {
      if (!entries.at(-1).isIntersecting && !this.#linked) return;
      this.near.disconnect();
      this.#start();
    }, { rootMargin: "100% 0px" });
    this.near.observe(this);
  }

  disconnectedCallback() {
    added.removeEventListener("added", this.#restart);
    this.near.disconnect();
    this.#stop();
  }

  attributeChangedCallback(name, _, value) {
    if (!this.#here) return;
    if (name === "sort") return this.#sortBy(value);
    if (name !== "token") return this.#start();
    this.#here.server.paper = value;
    this.#here.identify();
  }

  #stop() {
    this.live?.close();
    this.live = null;
    this.arrivals?.watch.disconnect();
    clearInterval(this.clock);
    this.#here = null;
  }

  #start() {
    this.#stop();
    const t = languageOf(this);
    const server = new Server(serverOf(this), t, this.getAttribute("token"));
    const forms = new Set();
    const identify = () => {
      for (const one of forms) one.form.isConnected ? one.identify() : forms.delete(one);
      this.mine.refresh();
    };
    const sent = (got, { state, comment }) => {
      if (state === "approved") this.#take(comment);
      identify();
      got.focus();
      this.#say(t(state));
    };
    const terms = () => (this.policy ??= server.read("api/terms", { article: here.article.id }).catch(() => null));
    const say = (words, bad) => this.#say(words, bad);
    const here = { t, server, forms, identify, sent, say, terms, host: this };
    this.#here = here;
    this.policy = null;
    this.arrivals = new Arrivals(here);
    this.mine = new Mine(here);
    this.#frame(t);
    this.sort = null;
    this.#sortBy(this.getAttribute("sort")) || this.#sortBy("newest");
  }

  #frame(t) {
    this.number = h("span", { class: "hint" });
    this.write = h("div");
    this.fault = h("p", { class: "fault", role: "alert" });
    this.status = h("p", { class: "unseen", role: "status" });
    this.hint = h("p", { class: "hint" });
    this.below = h("div");
    this.place = h("div");
    this.sorting = h("div", { class: "sorting", role: "group", "aria-label": t("sort"), hidden: "" });
    this.sorting.append(...SORTS.map((sort) => button(t(sort), () => this.#sortBy(sort), { class: "plain", value: sort })));
    const head = h("header", { class: "top" }, h("h2", null, t("comments")), this.number);
    const parts = [head, this.write, this.mine.element, this.sorting, this.fault, this.arrivals.element, this.place, this.hint, this.below, this.status];
    // The last element has no height: it tells where the comments end.
    this.#root.replaceChildren(h("section", { lang: t.tag, dir: t.dir, "aria-label": t("comments") }, parts), h("div"));
  }

  #sortBy(sort) {
    if (!SORTS.includes(sort)) return false;
    if (sort === this.sort) return true;
    this.sort = sort;
    this.thread = new Thread(this.#here, sort);
    this.place.replaceChildren(this.thread.list);
    this.below.replaceChildren();
    for (const one of this.sorting.children) one.ariaPressed = one.value === sort;
    this.#load();
    return true;
  }

  #read(after) {
    const canonical = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const article = this.#here.article?.id ?? this.getAttribute("article") ?? canonical;
    return this.#here.server.read("api/comments", { article, sort: this.sort, limit: 20, after });
  }

  async #load(after) {
    const { thread } = this;
    const here = this.#here;
    // Meanwhile another order or article may have been chosen.
    const stale = () => thread !== this.thread || here !== this.#here;
    this.fault.replaceChildren();
    if (!after) this.hint.textContent = here.t("loading");
    try {
      const page = await this.#read(after);
      if (stale()) return;
      if (!here.article) this.#open(page.article);
      const fresh = thread.takeAll(page.comments);
      this.next = page.next;
      this.below.replaceChildren(page.next ? button(here.t("more"), () => this.#load(page.next), { class: "more" }) : "");
      if (after) fresh[0]?.focus();
      this.#count(page.count);
      this.live ??= this.#follow(page.last_event);
    } catch ({ message }) {
      if (stale()) return;
      this.hint.textContent = "";
      this.fault.replaceChildren(message, " ", button(here.t("again"), () => this.#load(after)));
    }
  }

  // The article is known: now one can write under it.
  #open(article) {
    this.#here.article = article;
    this.sorting.hidden = false;
    this.#form();
    this.mine.refresh();
    this.clock = setInterval(() => {
      for (const one of this.#root.querySelectorAll("time")) one.textContent = since(one.dateTime, this.#here.t);
      // Nobody tells what became of a comment that was never public.
      if (this.mine.waiting && !document.hidden) this.mine.refresh();
    }, 60_000);
  }

  #form() {
    const here = this.#here;
    if (!here.article.open) return this.write.replaceChildren(h("p", { class: "hint" }, here.t("closed")));
    const sent = (got) => {
      got.lastChild.append(button(here.t("another"), () => this.#form().focus()));
      this.write.replaceChildren(got);
    };
    const { form, text } = new Writing(here, { place: "new", sent });
    this.write.replaceChildren(form);
    return text;
  }

  #follow(last) {
    const { server, article } = this.#here;
    const hear = (kind, given) => {
      if (kind === "count") this.#count(given.count);
      if (kind === "new") {
        this.thread.gone.delete(given.id);
        this.#take(given, true);
      }
      if (kind === "withdrawn") steadily(this, this.#root, () => this.thread.withdraw(given.id));
      if (this.mine.has(given.id)) this.mine.refresh();
    };
    const back = async () => {
      const { thread } = this;
      const page = await this.#read().catch(() => null);
      if (!page || thread !== this.thread) return;
      for (const root of page.comments) for (const one of [root, ...root.replies]) this.#take(one, true);
      this.#count(page.count);
      this.mine.refresh();
    };
    this.#toLinked();
    return new Live(server.url("api/events", { article: article.id }), last, hear, back);
  }

  #take(comment, arrived) {
    // Only picks are among the picks, and what belongs further down comes with "more comments".
    if (this.sort === "picks" && !comment.picked) return;
    if (this.sort === "oldest" && this.next && comment.parent === null) return;
    const block = steadily(this, this.#root, () => this.thread.take(comment));
    if (block) this.hint.textContent = "";
    if (block && arrived && !this.mine.has(comment.id)) this.arrivals.came(block);
  }

  #count(count) {
    const { t } = this.#here;
    this.number.textContent = count ? t("count", { n: count }) : "";
    this.hint.textContent = this.thread.size ? "" : t(this.sort === "picks" ? "noPicks" : "none");
    tell(this, "ombud-count", { count });
  }

  #say(words, bad) {
    if (bad) this.fault.textContent = words;
    // The same words again are only said again if they were gone.
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = words), 50);
  }

  get #linked() {
    return Number(/^#ombud-(\d+)$/.exec(location.hash)?.[1]);
  }

  // An address that leads to one comment, wherever in the discussion it is.
  async #toLinked() {
    const { thread } = this;
    const { server } = this.#here;
    const id = this.#linked;
    try {
      if (id && !thread.find(id)) {
        const { root } = await server.read(`api/comments/${id}`);
        thread.take(await server.read(`api/comments/${root}`));
        for (let after; !thread.find(id); ) {
          const page = await server.read("api/comments", { root, after });
          for (const one of page.comments) thread.take(one);
          after = page.next;
          if (!after) break;
        }
      }
    } catch {
      // It is not public any more; the others are there.
    }
    if (id && thread.find(id)) goTo(thread.find(id));
  }
}

// All numbers of a page are asked for together.
const waiting = [];

class Count extends HTMLElement {
  connectedCallback() {
    if (waiting.push(this) === 1) queueMicrotask(Count.ask);
  }

  static async ask() {
    const all = waiting.splice(0);
    const article = all.map((one) => one.getAttribute("article"));
    const t = languageOf(all[0]);
    // A headline without a number is better than one with an error.
    const { counts } = await new Server(serverOf(all[0]), t).read("api/counts", { article }).catch(() => ({}));
    all.forEach((one, i) => counts && (one.textContent = t("count", { n: counts[article[i]] ?? 0 })));
  }
}

// A page may carry the script twice.
if (!customElements.get("ombud-comments")) {
  customElements.define("ombud-comments", Comments);
  customElements.define("ombud-count", Count);
}
