// <ombud-count article="URL or id" [server]>: the number of comments, for headlines.  A script of its own:
//   <script type="module" src="https://ombud.example/static/embed/counts.js"></script>
import { Server } from "./server.js";
import { speak } from "./strings.js";

// All numbers of a page are asked for together.
const waiting = [];

class Count extends HTMLElement {
  connectedCallback() {
    if (waiting.push(this) === 1) queueMicrotask(Count.ask);
  }

  static async ask() {
    const all = waiting.splice(0);
    const article = all.map((one) => one.getAttribute("article"));
    const t = speak(all[0].closest("[lang]")?.lang || navigator.language);
    const address = new URL(all[0].getAttribute("server") ?? "../../", import.meta.url);
    try {
      const query = new URLSearchParams(article.map((one) => ["article", one]));
      const { counts } = await new Server(address, t).read(`api/counts?${query}`);
      all.forEach((one, i) => (one.textContent = t("count", { n: counts[article[i]] ?? 0 })));
    } catch {
      // A headline without a number is better than one with an error.
    }
  }
}

if (!customElements.get("ombud-count")) customElements.define("ombud-count", Count);
