// Where everything of the queue stands.
import { h } from "./dom.js";

/** Builds the frame around list, open comment and bar; returns what changes in it. */
export function layout(queue) {
  const { bar, filters, list, open_: open, slips } = queue;
  const heading = h("h1", { tabindex: -1 }, "Queue");
  const size = h("p", { class: "hint size", role: "status" });
  const fold = h("button", { type: "button", class: "fold", "aria-expanded": "false", onclick: () => queue.unfold() }, "List");
  const fresh = h("button", { type: "button", class: "fresh", hidden: true, onclick: () => queue.merge() });
  const all = h("button", { type: "button", class: "plain", onclick: () => queue.selectAll() }, "Select all shown");
  const tail = h("button", { type: "button", class: "tail", hidden: true, onclick: () => queue.more() }, "Show more");
  const side = h("div", { class: "side" }, h("header", {}, heading, size, fresh, fold), filters.node,
    h("div", { class: "rows" }, list.node, tail, all), slips.node);
  const beside = h("div", { class: "beside" }, open.cited, bar.numbers);
  // On a phone the clauses stand between the comment and what surrounds it.
  const narrow = matchMedia("(max-width: 48rem)");
  const place = () => (narrow.matches ? open.more.before(open.cited) : beside.prepend(open.cited));
  narrow.addEventListener("change", place);
  place();
  // Notes stay clear of the bar, however tall it is.
  new ResizeObserver(([{ target }]) => document.body.style.setProperty("--bar", `${target.offsetHeight}px`)).observe(bar.node);
  // Escape and Control+Enter lead from the note back to the rulings.
  bar.words.addEventListener("keydown", (event) => {
    const sent = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.key === "Escape" || sent) bar.approve.focus();
  });
  return { node: h("div", { class: "queue" }, side, open.reading, beside, bar.node), size, fold, fresh, all, tail };
}
