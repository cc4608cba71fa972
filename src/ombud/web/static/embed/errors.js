// "Report an error": a form that keeps what was written until the newsroom has it.
import { button, field, h, sheet } from "./parts.js";
import { speak } from "./strings.js";

/** Words of this form; a language adds its own under the same names (see strings.js). */
export const ERRORS = {
  corrections: "Corrections and clarifications",
  correction: "Correction",
  clarification: "Clarification",
  changed: "What changed",
  wrong: "What is wrong, and what is right?",
  about: "You report an error in this passage:",
  whole: "Not this passage",
  forAnswer: "only to answer you, forgotten afterwards",
  optional: "optional",
  sendReport: "Send the report",
  lackError: "Please say what is wrong.",
  thanks: "Thank you. Your report has the number {number}. An editor looks into everything it says.",
  answered: "You get the answer by e-mail.",
};
const LONGEST = 600;

/** Opens the form in the place of the button that was pressed; `here.chosen` is what was selected. */
export function open(here, pressed) {
  const place = pressed.parentNode;
  const t = speak(here.t.tag, ERRORS);
  const chosen = (here.chosen ?? "").trim().replace(/\s+/g, " ").slice(0, LONGEST);
  const form = reporting({ ...here, t }, chosen, (left) => {
    place.replaceChildren(left ?? "", pressed);
    (left ?? pressed).focus();
  });
  place.replaceChildren(form);
  form.querySelector("textarea").focus();
}

/** The form; `done` is given the acknowledgement, or nothing if it was closed. */
function reporting({ t, server, asked }, selected, done) {
  const place = `error ${asked}`;
  const draft = server.recall(place) ?? {};
  let quoted = selected || draft.passage || "";
  const text = h("textarea", { dir: "auto", maxlength: 9000, "aria-required": "true" });
  const name = h("input", { autocomplete: "name", maxlength: 100, dir: "auto" });
  const email = h("input", { type: "email", autocomplete: "email", maxlength: 320 });
  [text.value, name.value, email.value] = [draft.text ?? "", draft.name ?? "", draft.email ?? ""];
  const whole = h("div", { hidden: !quoted && "" }, h("p", { class: "hint" }, t("about")), h("blockquote", { class: "text", dir: "auto" }, quoted),
    button(t("whole"), () => {
      quoted = "";
      whole.hidden = true;
      keep();
      text.focus();
    }, { class: "plain" }));
  const body = () => ({ article: String(asked), text: text.value, passage: quoted, name: name.value.trim(), email: email.value.trim() });
  // The same report sent again after a lost answer is the same report.
  const keep = () => {
    const given = body();
    const same = JSON.stringify(given);
    const known = server.recall(place);
    server.keep(place, { ...given, same, key: known?.same === same ? known.key : crypto.getRandomValues(new Uint32Array(4)).join("-") });
  };
  const complain = (words, control) => {
    fault.textContent = words;
    text.ariaInvalid = control === text;
    control?.focus();
  };
  let sending = false;
  const send = async () => {
    if (sending) return;
    complain("");
    if (!text.value.trim()) {
      complain(t("lackError"), text);
      return;
    }
    keep();
    sending = true;
    submit.ariaDisabled = "true";
    try {
      const { id } = await server.send("api/reports", body(), server.recall(place).key);
      server.keep(place);
      done(h("p", { class: "receipt", role: "status", tabindex: -1 }, t("thanks", { number: id }), email.value.trim() && ` ${t("answered")}`));
    } catch (problem) {
      complain(problem.message);
    } finally {
      sending = false;
      submit.ariaDisabled = null;
    }
  };
  const { form, submit, fault } = sheet({ t, send, close: () => done(), words: t("sendReport") }, whole, field(t("wrong"), text),
    h("div", { class: "pair" }, field(t("name"), name, t("optional")), field(t("email"), email, t("forAnswer"))));
  form.classList.add("open");
  form.addEventListener("input", keep);
  return form;
}
