// What readers will see of a correction, before it is public: its words, and what changed with it.
import { get, query } from "./api.js";
import { differing } from "./differing.js";
import { h } from "./dom.js";
import { plain, sentence } from "./words.js";

const NOTHING = "No change of the article is shown with it.";
const BACKWARDS = "The edition in which it was wrong comes before the one in which it is right.";
const changes = (pieces, fold = { open: true }) => (pieces.length
  ? h("details", fold, h("summary", {}, "What changed in the article"), h("p", { class: "said changed", dir: "auto" }, differing(pieces)))
  : h("p", { class: "hint" }, NOTHING));

const fault = (words) => h("p", { class: "fault", role: "alert" }, words);

function framed(kind, ...children) {
  return h("section", { class: "preview", "aria-label": "What readers will see" },
    h("p", { class: "hint" }, "What readers will see"), h("p", {}, h("strong", {}, sentence(kind))), children);
}

const [LETTERS, LINES] = [400, 4];
const isLong = (pieces) => {
  const words = pieces.map(({ text }) => text).join("");
  return words.length > LETTERS || words.trim().split("\n").length > LINES;
};
/** Which changes somebody folded or unfolded; what is drawn anew stays as it was left. */
const unfolded = new Map();

/** What readers will see of a proposal that waits; `folds`: a change of more than a few lines is folded. */
export function preview({ proposal, kind, text, pieces }, folds = false) {
  const fold = folds && { open: unfolded.get(proposal) ?? !isLong(pieces), ontoggle: ({ target }) => unfolded.set(proposal, target.open) };
  return framed(kind, h("p", { class: "said", dir: "auto" }, text), changes(pieces, fold || undefined));
}

/**
 * What readers will see of what is being written, kept up with the fields.
 *
 * `ready()`: whether the change that stands there is that of the editions that are chosen.
 */
export function previewing(article, kind, { text, before, after }) {
  const words = h("p", { class: "said", dir: "auto" });
  const change = h("div", {});
  let [asked, shown] = [null, null];
  const write = () => { words.textContent = text.value.trim() || "…"; };
  const choose = async () => {
    const editions = { before: Number(before.value), after: Number(after.value) };
    const mine = asked = query(editions);
    shown = null;
    if (editions.before > editions.after) {
      change.replaceChildren(fault(BACKWARDS));
      return;
    }
    try {
      const pieces = editions.before === editions.after ? [] : (await get(`/api/articles/${article}/changes${mine}`)).pieces;
      if (asked !== mine) return;
      change.replaceChildren(changes(pieces));
      shown = mine;
    } catch (error) {
      if (asked === mine) change.replaceChildren(fault(plain(error)));
    }
  };
  let drawn = choose();
  const again = () => { drawn = choose(); };
  write();
  text.addEventListener("input", write);
  for (const one of [before, after]) one.addEventListener("change", again);
  const ready = async () => {
    await drawn;
    if (shown !== asked) again();
    return shown === asked;
  };
  return { node: framed(kind, words, change), ready };
}
