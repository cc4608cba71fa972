// <ombud-comments [article="URL or id"] [server] [sort] [lang] [token]>; `token` is the paper's own sign-in.
// The event `ombud-unauthorized` asks the page to set a new one.
import { button, h, since } from "./static/embed/parts.js";
import { Live, Server } from "./static/embed/server.js";
import { speak } from "./static/embed/strings.js";
import { look } from "./static/embed/styles.js";
import { Arrivals, goTo, steadily, Thread } from "./static/embed/thread.js";
import { Mine, Writing } from "./static/embed/writing.js";

const SORTS = ["newest", "oldest", "picks"];

class Discussion {
  forms = new Set();

  constructor(host, root) {
    const t = speak(host.closest("[lang]")?.lang || navigator.language);
    const given = (name) => host.getAttribute(name);
    Object.assign(this, { host, root, t });
    this.asked = given("article") ?? document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    this.server = new Server(new URL(given("server") ?? new URL(".", import.meta.url), document.baseURI), t, given("token"));
    this.arrivals = new Arrivals(this);
    this.mine = new Mine(this);
    this.number = h("span", { class: "hint" });
    this.write = h("div");
    this.sorting = h("div", { class: "sorting", role: "group", "aria-label": t("sort"), hidden: "" });
    this.sorting.append(...SORTS.map((sort) => button(t(sort), () => this.sortBy(sort), { class: "plain", value: sort })));
    this.fault = h("p", { class: "fault", role: "alert" });
    this.hint = h("p", { class: "hint" });
    this.place = h("div");
    this.status = h("p", { class: "unseen", role: "status" });
    const head = h("header", null, h("h2", null, t("comments")), this.number);
    const error = button(t("erratum"), () => this.load("errors", ({ open }) => open(this, error)), {
      class: "plain", onpointerdown: () => (this.chosen = String(getSelection())),
    });
    const rest = [this.fault, this.arrivals.element, this.hint, this.place, h("div", null, error), this.status];
    this.section = h("section", { lang: t.tag, dir: t("dir"), "aria-label": t("comments") }, head, this.write, this.mine.element, this.sorting, rest);
    root.adoptedStyleSheets = [look];
    root.replaceChildren(this.section, h("div"));
    this.sortBy(given("sort"));
    if (!this.sort) this.sortBy("newest");
  }

  // Few report something: what that takes is loaded when somebody does.
  load(name, use) {
    import(`./static/embed/${name}.js`).then(use, () => this.say(this.t("failed"), true));
  }

  close() {
    this.thread = null;
    this.live?.close();
    this.arrivals.watch.disconnect();
    clearInterval(this.clock);
  }

  sortBy(sort) {
    if (sort === this.sort || !SORTS.includes(sort)) return;
    this.sort = sort;
    this.thread = new Thread(this, sort);
    this.place.replaceChildren(this.thread.list);
    for (const one of this.sorting.children) one.ariaPressed = one.value === sort;
    this.#load();
  }

  signIn(token) {
    this.server.paper = token;
    this.identify();
  }

  identify() {
    this.section.classList.toggle("known", Boolean(this.server.reader));
    for (const one of this.forms) one.form.isConnected ? one.identify() : this.forms.delete(one);
    if (this.article) this.mine.refresh();
  }

  say(words, bad) {
    if (bad) this.fault.textContent = words;
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = words), 50);
  }

  terms() {
    this.policy ??= this.server.read("api/terms", { article: this.article.id }).catch(() => {});
    return this.policy;
  }

  sent(receipt, { state, comment }) {
    if (state === "approved") this.#take(comment);
    this.identify();
    receipt.focus();
    this.say(this.t(state));
  }

  #read(after) {
    return this.server.read("api/comments", { article: this.asked, sort: this.sort, limit: 20, after });
  }

  async #load(after) {
    const { t, thread } = this;
    this.fault.textContent = "";
    if (!after) this.hint.textContent = t("loading");
    const page = await this.#read(after).catch((problem) => problem);
    if (thread !== this.thread) return;
    const again = (key, next) => button(t(key), () => this.#load(next), { class: "more" });
    if (page.message) {
      this.hint.textContent = "";
      this.fault.replaceChildren(page.message, again("again", after));
      return;
    }
    if (!this.article) this.#open(page.article);
    const fresh = thread.takeAll(page.comments);
    this.next = page.next;
    this.more?.remove();
    this.more = page.next && again("more", page.next);
    if (page.next) this.place.append(this.more);
    if (after) fresh[0]?.focus();
    this.#count(page.count);
  }

  #open(article) {
    this.article = article;
    this.sorting.hidden = false;
    this.#form();
    this.identify();
    this.clock = setInterval(() => {
      for (const one of this.root.querySelectorAll("time")) one.textContent = since(one.dateTime, this.t);
      // Nobody tells what became of a comment that was never public.
      if (this.mine.waiting && !document.hidden) this.mine.refresh();
    }, 60_000);
    this.live = new Live(this.server.url("api/events", { article: article.id }), (kind, given) => this.#hear(kind, given));
    this.#toLinked();
  }

  #form() {
    const { t, write } = this;
    const sent = (receipt) => {
      receipt.lastChild.append(button(t("another"), () => this.#form().focus()));
      write.replaceChildren(receipt);
    };
    const { form, text } = new Writing(this, { place: "new", sent });
    write.replaceChildren(this.article.open ? form : h("p", { class: "hint" }, t("closed")));
    return text;
  }

  #hear(kind, given) {
    const { id } = given;
    if (kind === "open") this.#catchUp();
    if (kind === "count") this.#count(given.count);
    if (kind === "new") {
      this.thread.gone.delete(id);
      this.#take(given, true);
    }
    if (kind === "withdrawn") steadily(this, () => this.thread.withdraw(id));
    if (this.mine.has(id)) this.mine.refresh();
  }

  async #catchUp() {
    const { thread } = this;
    const { known, gone } = thread;
    gone.clear();
    const page = await this.#read().catch(() => null);
    if (!page || thread !== this.thread) return;
    if (this.sort === "newest") steadily(this, () => thread.sift(known, page));
    for (const one of page.comments.flatMap((root) => [root, ...root.replies])) this.#take(one, true);
    this.#count(page.count);
    this.mine.refresh();
  }

  #take(comment, arrived) {
    if (this.sort === "picks" && !comment.picked) return;
    if (this.sort === "oldest" && this.next && comment.parent === null) return;
    const block = steadily(this, () => this.thread.take(comment));
    if (block) this.hint.textContent = "";
    if (block && arrived && !this.mine.has(comment.id)) this.arrivals.came(block);
  }

  #count(count) {
    this.number.textContent = count ? this.t("count", { n: count }) : "";
    this.hint.textContent = this.thread.known[0] ? "" : this.t(this.sort === "picks" ? "noPicks" : "none");
  }

  // An address may lead to one comment, wherever it is.
  async #toLinked() {
    const { server, thread } = this;
    const id = Number(/^#ombud-(\d+)$/.exec(location.hash)?.[1]);
    if (!id) return;
    try {
      const { root } = await server.read(`api/comments/${id}`);
      const top = await server.read(`api/comments/${root}`);
      const { comments, next } = await server.read("api/comments", { root });
      thread.takeAll([{ ...top, replies: comments, replies_next: next }]);
      goTo(thread.find(id));
    } catch {}
  }
}

class Comments extends HTMLElement {
  static observedAttributes = ["article", "server", "sort", "lang", "token"];
  #root = this.attachShadow({ mode: "open" });
  #shown = null;

  set token(token) {
    if (token) this.setAttribute("token", token);
    else this.removeAttribute("token");
  }

  connectedCallback() {
    // Set by the page before this script was there.
    if (Object.hasOwn(this, "token")) {
      const { token } = this;
      delete this.token;
      this.token = token;
    }
    // Who never comes near costs the server nothing.
    this.near = new IntersectionObserver((seen) => {
      if (seen.at(-1).isIntersecting || location.hash.startsWith("#ombud-")) this.#start();
    }, { rootMargin: "100% 0px" });
    this.near.observe(this);
  }

  disconnectedCallback() {
    this.near.disconnect();
    this.#shown?.close();
    this.#shown = null;
  }

  attributeChangedCallback(name, _, value) {
    if (!this.#shown) return;
    if (name === "sort") this.#shown.sortBy(value);
    else if (name === "token") this.#shown.signIn(value);
    else this.#start();
  }

  #start() {
    this.near.disconnect();
    this.#shown?.close();
    this.#shown = new Discussion(this, this.#root);
  }
}

if (!customElements.get("ombud-comments")) customElements.define("ombud-comments", Comments);
