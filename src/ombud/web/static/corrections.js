// <ombud-correction [article="URL or id"] [server] [lang] [notes]>: what was corrected in an article, and
// "Report an error" unless it has `notes` alone, as where the comments have that button.
import { ERRORS, open } from "./static/embed/errors.js";
import { button, h } from "./static/embed/parts.js";
import { Server } from "./static/embed/server.js";
import { speak } from "./static/embed/strings.js";
import { look } from "./static/embed/styles.js";

class Correction extends HTMLElement {
  static observedAttributes = ["article", "server", "lang", "notes"];
  #root = this.attachShadow({ mode: "open" });

  connectedCallback() {
    const t = speak(this.closest("[lang]")?.lang || navigator.language, ERRORS);
    const given = (name) => this.getAttribute(name);
    const asked = given("article") ?? document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const server = new Server(new URL(given("server") ?? new URL(".", import.meta.url), document.baseURI), t);
    const notes = h("div");
    const here = { t, server, asked };
    // A press lets go of what is selected, so it is read before.
    const error = button(t("erratum"), () => open(here, error), { class: "plain", onpointerdown: () => (here.chosen = String(getSelection())) });
    this.#root.adoptedStyleSheets = [look];
    this.#root.replaceChildren(h("section", { lang: t.tag, dir: t("dir"), "aria-label": t("corrections") }, notes, !this.hasAttribute("notes") && h("div", null, error)));
    this.#show(notes, here);
  }

  attributeChangedCallback(_, before) {
    if (this.isConnected && before !== null) this.connectedCallback();
  }

  async #show(notes, { t, server, asked }) {
    // Without an answer the article stands as it would without us.
    const { corrections = [] } = await server.read("api/corrections", { article: asked }).catch(() => ({}));
    const replaced = new Set(corrections.map((one) => one.replaces));
    const day = new Intl.DateTimeFormat(t.tag, { dateStyle: "long" });
    notes.replaceChildren(...corrections.filter(({ id }) => !replaced.has(id)).map((one) => h("p", { class: "note" },
      h("b", null, t(one.kind)), ", ", h("time", { datetime: one.published_at }, day.format(new Date(one.published_at))), ": ",
      h("span", { dir: "auto" }, one.text), " ",
      h("a", { href: server.url(`corrections/articles/${one.article}#correction-${one.id}`) }, t("changed")))));
    notes.parentNode.hidden = this.hasAttribute("notes") && !notes.childElementCount;
  }
}

if (!customElements.get("ombud-correction")) customElements.define("ombud-correction", Correction);
