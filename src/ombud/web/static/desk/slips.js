// The last rulings of this sitting, under the list: what became of each, and the way back.
import { h } from "./dom.js";
import { count } from "./words.js";

const SHOWN = 5;
const DONE = { approve: "Approved", delete: "Deleted", escalate: "Escalated" };
const STATES = { waiting: "on its way", undoing: "being taken back", undone: "taken back", refused: "not ruled" };

function line(slip, title, undo) {
  const refused = slip.results.filter((one) => one.code);
  const many = slip.comments.length > 1;
  const whom = many ? count(slip.comments.length, "comment") : slip.comments[0]?.name || "A comment";
  const state = STATES[slip.state] ?? (refused.length ? `${refused.length} not ruled` : "");
  const standing = slip.state === "waiting" || slip.state === "done";
  return h("li", { class: slip.state },
    h("span", { class: `deed ${slip.action}` }, DONE[slip.action]), " ", h("strong", {}, whom),
    slip.clause && h("span", { class: "hint" }, ` ${title(slip.clause)}`), state && h("span", { class: "hint state" }, ` ${state}`),
    standing && h("button", { type: "button", class: "plain", "aria-label": `Undo: ${DONE[slip.action]} ${whom}`, onclick: () => undo(slip) }, "Undo"),
    many && h("details", {}, h("summary", {}, "Each of them"), h("ul", {}, slip.comments.map(({ id, name, text }) => {
      const result = slip.results.find((one) => one.comment === id);
      const said = result?.code ? `not ruled: ${result.detail}` : result ? DONE[slip.action].toLowerCase() : "on its way";
      return h("li", {}, h("a", { href: `/desk/comments/${id}` }, name || "A reader"), ` “${text}”: ${said}`);
    }))));
}

export class Slips {
  constructor(title, undo) {
    Object.assign(this, { title, undo, drawn: "" });
    this.list = h("ul", {});
    this.node = h("section", { class: "slips", "aria-label": "Your last rulings", hidden: true }, h("h2", {}, "Your last rulings"), this.list);
  }

  show(log) {
    const drawn = JSON.stringify(log.slice(0, SHOWN));
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.list.contains(document.activeElement);
    const open = [...this.list.children].map((one) => one.querySelector("details")?.open && one.dataset.key).filter(Boolean);
    this.node.hidden = !log.length;
    this.list.replaceChildren(...log.slice(0, SHOWN).map((slip) => {
      const made = line(slip, this.title, this.undo);
      made.dataset.key = slip.key ?? "";
      if (open.includes(slip.key)) made.querySelector("details").open = true;
      return made;
    }));
    if (focused) (this.list.querySelector("button, a, summary") ?? this.node).focus();
  }
}
