// Asks something in a dialog; the browser keeps the focus inside and gives it back afterwards.
import { h } from "./dom.js";

const first = (clause) => /^.*?[.;:](?=\s|$)/.exec(clause.replace(/\s+/g, " "))?.[0] ?? clause;
let made = 0;

/** Opens a dialog; resolves with what `close(value)` is given, or null. */
export function dialog(title, build, given = {}) {
  return new Promise((resolve) => {
    let answer = null;
    made += 1;
    const id = `dialog-${made}`;
    const box = h("dialog", { "aria-labelledby": id, ...given });
    const close = (value = null) => {
      answer = value;
      box.close();
    };
    const typed = h("p", { class: "hint", role: "alert" });
    box.append(
      h("header", {},
        h("h2", { id }, title),
        h("button", { type: "button", class: "away", "aria-label": "Close", onclick: () => close() }, "×"),
      ),
      ...[build(close)].flat(), typed,
    );
    box.addEventListener("input", ({ target }) => { box.typed ||= target.matches("textarea, input:not([type=search])"); });
    // What was typed is not thrown away by a press beside the dialog, nor by one slip of a key.
    box.addEventListener("click", (event) => event.target === box && !box.typed && close());
    box.addEventListener("cancel", (event) => {
      if (!box.typed || typed.textContent || event.target !== box) return;
      event.preventDefault();
      typed.textContent = "Press Escape once more to throw away what you wrote.";
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.querySelector("form")?.requestSubmit();
    });
    box.addEventListener("close", () => {
      box.remove();
      resolve(answer);
    });
    document.body.append(box);
    box.showModal();
    box.querySelector("[autofocus]")?.focus();
  });
}

/** Asks for some words; Control+Enter sends them. */
export function askWords(title, { label, hint = "", deed, value = "" }) {
  return dialog(title, (close) => {
    const words = h("textarea", { id: "dialog-words", rows: 4, required: true, maxlength: 2000, autofocus: true, value });
    const form = h("form", { method: "dialog" },
      h("p", {}, h("label", { for: "dialog-words" }, label), words, hint && h("span", { class: "hint" }, hint)),
      h("p", { class: "submit" }, h("button", { type: "submit" }, deed), h("span", { class: "hint" }, "Ctrl + Enter")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (words.value.trim()) close(words.value.trim());
    });
    return form;
  });
}

/** Lets one of all clauses be chosen; typing narrows the list. */
export function askClause(clauses, suggested = null) {
  return dialog("Delete, citing which clause?", (close) => {
    const find = h("input", { type: "search", "aria-label": "Find a clause", placeholder: "Find a clause", autofocus: true });
    const list = h("ul", { class: "choices" });
    const draw = () => {
      const sought = find.value.trim().toLowerCase();
      const shown = clauses.filter(({ title, clause }) => `${title} ${clause}`.toLowerCase().includes(sought));
      list.replaceChildren(...shown.map(({ rule, title, clause }) =>
        h("li", {}, h("button", { type: "button", class: rule === suggested ? "suggested" : null, onclick: () => close(rule) },
          h("strong", {}, title), h("span", { class: "hint" }, first(clause))))));
      if (!shown.length) list.append(h("li", { class: "hint" }, "No clause has these words."));
    };
    find.addEventListener("input", draw);
    find.addEventListener("keydown", (event) => {
      if (event.key === "Enter") list.querySelector("button")?.click();
    });
    draw();
    return [find, list];
  }, { class: "tall" });
}
