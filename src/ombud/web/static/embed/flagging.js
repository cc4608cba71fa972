// "Report": a reader tells the moderators what is wrong with a comment.
import { field, h, sheet } from "./parts.js";
import { speak } from "./strings.js";

/** Words of this form; a language adds its own under the same names (see strings.js). */
const FLAGS = {
  reason: "What is wrong with it?",
  reasons: {
    "": "Something else",
    personal_attack: "It attacks a person",
    hate: "It attacks a group",
    threat: "It threatens",
    profanity: "It swears",
    promotion: "It advertises",
    impersonation: "It pretends to be somebody else",
    personal_data: "It gives away private details",
    off_topic: "It is off the topic",
    correction_request: "It is false",
  },
  note: "Anything to add?",
  reported: "Thank you. A moderator will look at it.",
};

export function flagging({ t: { tag }, server }, { id }, close) {
  const t = speak(tag, FLAGS);
  const reason = h("select", null, Object.entries(t.reasons).map(([value, words]) => h("option", { value }, words)));
  const note = h("textarea", { dir: "auto" });
  const { form, fault } = sheet({ t, send, close, words: t("report") }, field(t("reason"), reason), field(t("note"), note));
  form.className = "open";
  async function send() {
    try {
      await server.send(`api/comments/${id}/flags`, { clause: reason.value || null, note: note.value || null });
    } catch ({ message }) {
      return (fault.textContent = message);
    }
    const thanks = h("p", { class: "hint", tabindex: -1 }, t("reported"));
    form.replaceWith(thanks);
    return thanks.focus();
  }
  return form;
}
