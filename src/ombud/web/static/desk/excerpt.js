// Excerpts: a published comment as the paper may quote it, with every change named word by word.
import { get, post } from "./api.js";
import { field, h, link } from "./dom.js";
import { count } from "./words.js";

const PAUSE = 300;
const KINDS = { spelling: "Spelling", punctuation: "Punctuation", capital: "Capital", cut: "Left out", refused: "Refused" };

/** A text with the places of its changes marked; offsets count code points. */
function marked(text, changes, side) {
  const characters = Array.from(text);
  const parts = [];
  let place = 0;
  for (const change of changes) {
    const { begin, end } = change[side];
    if (end <= begin || begin < place) continue;
    parts.push(characters.slice(place, begin).join(""), h("mark", { class: change.kind === "refused" ? "DELETE" : "HOLD" }, characters.slice(begin, end).join("")));
    place = end;
  }
  return [...parts, characters.slice(place).join("")];
}

function told(changes) {
  if (!changes.length) return h("p", {}, "Nothing was changed.");
  return h("ul", { class: "reasons" }, changes.map((one) => h("li", { class: one.kind }, h("strong", {}, `${KINDS[one.kind] ?? one.kind}: `), one.why)));
}

export default async function view(desk, [, id]) {
  const proposal = await get(`/api/comments/${id}/excerpt`);
  const box = h("textarea", { rows: 8, dir: "auto", spellcheck: "true" });
  box.value = proposal.text;
  const verdict = h("p", { role: "status" });
  const original = h("blockquote", { class: "said whole", dir: "auto" }, proposal.original);
  const changes = h("div");
  const copy = h("button", { type: "button", onclick: async () => {
    box.select();
    // Without HTTPS there is no clipboard for pages; then the words are selected, at least.
    await navigator.clipboard?.writeText(box.value);
    desk.note(navigator.clipboard ? "The excerpt is in the clipboard." : "The excerpt is selected: copy it with Ctrl + C.");
  } }, "Copy the excerpt");
  let timer = 0;
  let turn = 0;

  const check = async () => {
    const now = (turn += 1);
    if (!box.value.trim()) {
      verdict.textContent = "Write what is to be quoted.";
      copy.disabled = true;
      return;
    }
    try {
      const answer = await post(`/api/comments/${id}/excerpt`, { excerpt: box.value });
      if (now !== turn) return;
      // The answer goes through the whole text, also where it is as it was.
      const changed = answer.changes.filter(({ kind }) => kind !== "same");
      const refused = changed.filter(({ kind }) => kind === "refused").length;
      verdict.textContent = answer.allowed ? "This may be printed: only spelling and punctuation differ." : `This may not be printed: ${count(refused, "change")} of the reader's words.`;
      original.replaceChildren(...marked(proposal.original, changed, "original"));
      changes.replaceChildren(told(changed));
      copy.disabled = !answer.allowed;
    } catch (error) {
      if (now === turn) desk.fail(error);
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  check();
  const node = h("div", {},
    h("p", { class: "hint" }, link(`/desk/comments/${id}`, `Comment ${id}`), " › Excerpt"), h("h1", { tabindex: -1 }, "Excerpt"),
    h("p", {}, "Spelling and punctuation may be mended, and what is left out is marked with […]. The words stay the reader's."),
    h("h2", { class: "over" }, "What the reader wrote"), original,
    field("As it is to be quoted", box, proposal.mends.length ? `${count(proposal.mends.length, "mend")} proposed.` : "No mend was proposed."),
    verdict, h("p", { class: "deeds" }, copy), h("h2", { class: "over" }, "Changes"), changes);
  return { title: `Excerpt of comment ${id}`, node, leave: () => clearTimeout(timer) };
}
