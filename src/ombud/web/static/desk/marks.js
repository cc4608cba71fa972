// Marks in a comment the characters that its findings are about.  Offsets count code points.
import { h } from "./dom.js";

const STRICT = ["APPROVE", "HOLD", "DELETE"];

/** Findings of one clause belong together; the strictest clause comes first, and gets number 1. */
export function byClause(findings) {
  const groups = new Map();
  for (const finding of findings ?? []) {
    if (!groups.has(finding.rule)) groups.set(finding.rule, []);
    groups.get(finding.rule).push(finding);
  }
  const worst = (group) =>
    Math.max(...group.map((one) => STRICT.indexOf(one.action) + (one.certainty ?? 0) / 2));
  return [...groups.values()].sort((a, b) => worst(b) - worst(a));
}

/** The text cut where a finding begins or ends: `[{text, over, ending}]`, in order, without gaps. */
export function pieces(text, groups) {
  const characters = Array.from(text);
  const placed = groups
    .flatMap((group, index) => group.map((finding) => ({ ...finding, number: index + 1 })))
    .filter(({ begin, end }) => end > begin && end - begin < characters.length);
  const edges = new Set([0, characters.length]);
  for (const { begin, end } of placed) edges.add(begin).add(Math.min(end, characters.length));
  const places = [...edges].sort((a, b) => a - b);
  return places.slice(0, -1).map((begin, i) => {
    const end = places[i + 1];
    const over = placed.filter((one) => one.begin <= begin && end <= one.end);
    const ending = [...new Set(over.filter((one) => one.end === end).map((one) => one.number))];
    return { text: characters.slice(begin, end).join(""), over, ending };
  });
}

/** The comment with its marks; the numbers lead to the clauses, whose ids begin with `place`. */
export function marked(text, groups, place = "clause") {
  return pieces(text ?? "", groups).map(({ text: piece, over, ending }) => {
    if (!over.length) return piece;
    const strict = over.some((one) => one.action === "DELETE");
    const names = [...new Set(over.map((one) => one.title))].join(" ");
    // The style sheet writes the number: whoever copies the text copies the reader's words only.
    const numbers = ending.map((number) =>
      h("a", { class: "number", href: `#${place}-${number}`, "aria-label": `clause ${number}`, "data-number": number }),
    );
    return [h("mark", { class: strict ? "DELETE" : "HOLD", title: names }, piece), numbers];
  });
}
