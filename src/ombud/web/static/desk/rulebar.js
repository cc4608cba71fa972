// Everything one can do with the open comment, as buttons that show their keys.
import { h } from "./dom.js";
import { count } from "./words.js";

const plainly = (title) => title.replace(/\.$/, "");

function button(key, words, press, kind = "") {
  return h("button", { type: "button", class: kind, onclick: press, "aria-keyshortcuts": key },
    h("kbd", { "aria-hidden": "true" }, key), h("span", { class: "label" }, words));
}

export class Rulebar {
  /** `deeds` are what the buttons and the keys do. */
  constructor(clauses, deeds) {
    Object.assign(this, { clauses, deeds });
    this.begun = new Map();
    this.words = h("textarea", { id: "ruling-note", rows: 2, maxlength: 2000, placeholder: "For colleagues, kept with the ruling" });
    this.note = h("div", { class: "noted", hidden: true }, h("label", { for: "ruling-note" }, "Note to this ruling"), this.words);
    this.approve = button("a", "Approve", deeds.approve, "approve");
    this.remove = button("d", "Delete", deeds.remove, "delete");
    this.undo = button("u", "Undo", deeds.undo);
    const quiet = [
      button("0", "Other clause…", deeds.other, "other"), this.undo, button("k", "Previous", deeds.previous), button("j", "Next", deeds.next),
      button("e", "Escalate…", deeds.escalate), button("n", "Note", deeds.note), button("x", "Select", deeds.select),
    ];
    this.selection = h("div", { class: "selection", role: "status", hidden: true });
    this.node = h("div", { class: "rulebar", role: "group", "aria-label": "Rule on the open comment" }, this.selection, this.note,
      h("div", { class: "main-deeds" }, this.approve, this.remove),
      h("div", { class: "quiet-deeds" }, quiet));
    this.keys = h("ol", {});
    this.numbers = h("section", { class: "numbers", "aria-label": "Delete, citing another clause" }, h("h2", {}, "Delete, citing"), this.keys);
    this.renew();
  }

  /** Puts the clauses that hold now on the buttons; a note that was begun stays. */
  renew() {
    const { clauses, deeds } = this;
    this.keys.replaceChildren(
      ...clauses.slice(0, 9).map(({ rule, title }, index) => h("li", {}, h("button", {
        type: "button", "aria-keyshortcuts": `${index + 1}`, onclick: () => deeds.cite(rule), "data-rule": rule,
      }, h("kbd", { "aria-hidden": "true" }, `${index + 1}`), plainly(title)))),
      h("li", {}, h("button", { type: "button", onclick: deeds.other, "aria-keyshortcuts": "0" }, h("kbd", { "aria-hidden": "true" }, "0"), "Another clause…")));
  }

  /** Says on the buttons what they would do now. */
  show({ item, suggested, selected, undoable, able }) {
    const label = (place, words) => {
      const at = place.querySelector(".label");
      if (at.textContent !== words) at.textContent = words;
    };
    const many = selected.length;
    label(this.approve, many ? `Approve ${many}` : "Approve");
    const title = suggested && plainly(this.clauses.find((one) => one.rule === suggested)?.title ?? suggested);
    label(this.remove, `Delete${many ? ` ${many}` : ""}${title ? `: ${title}` : "…"}`);
    // Not `disabled`: a disabled button would lose the focus.
    for (const one of [this.approve, this.remove, ...this.numbers.querySelectorAll("button")]) one.setAttribute("aria-disabled", String(!able));
    this.undo.setAttribute("aria-disabled", String(!undoable));
    for (const one of this.numbers.querySelectorAll("[data-rule]")) {
      one.classList.toggle("suggested", one.dataset.rule === suggested);
    }
    this.selection.hidden = !many;
    const words = many ? `${count(many, "comment")} selected: the next ruling is for all of them. Escape lets go.` : "";
    if (this.selection.textContent !== words) this.selection.textContent = words;
    if (item?.id !== this.id) {
      // A note that was begun waits for its comment.
      if (this.words.value.trim()) this.begun.set(this.id, this.words.value);
      this.id = item?.id;
      this.words.value = this.begun.get(this.id) ?? "";
      this.note.hidden = !this.words.value;
    }
  }

  write() {
    this.note.hidden = false;
    this.words.focus();
  }

  /** Takes the note for the ruling that is being made. */
  taken() {
    const words = this.words.value.trim();
    this.words.value = "";
    this.begun.delete(this.id);
    this.note.hidden = true;
    return words;
  }
}
