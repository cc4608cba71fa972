// The clauses that a comment may break: which one, its published words, why, how sure.
import { h } from "./dom.js";
import { byClause } from "./marks.js";
import { percent } from "./words.js";

const LEADS = { APPROVE: "Noted only", HOLD: "Held", DELETE: "Would be deleted" };

/** One entry for each clause, numbered like the marks in the text. */
export function cited(item, clauses, place = "clause") {
  const groups = byClause(item.decision?.findings);
  if (!groups.length) return [h("p", { class: "quiet" }, "No clause was found broken.")];
  const length = Array.from(item.text ?? "").length;
  return [h("ol", { class: "cited-list" }, groups.map((group, index) => {
    const [{ rule, title, clause }] = group;
    const words = clause || clauses.find((one) => one.rule === rule)?.clause || "";
    return h("li", { id: `${place}-${index + 1}`, tabindex: -1 },
      h("span", { class: "number", "aria-hidden": "true" }, `${index + 1}`),
      h("h3", {}, h("a", { href: `/policy#${rule}`, target: "_blank", rel: "noopener" }, title)),
      group.map(({ why, certainty, action, begin, end }) => h("p", { class: "why" }, why, " ",
        h("span", { class: `sure ${action}` }, `${LEADS[action] ?? action}, ${percent(certainty)} sure`
          + `${length && end - begin >= length ? ", about the whole comment" : ""}.`))),
      words && h("p", { class: "words" }, words.replace(/\s+/g, " ").trim()));
  }))];
}
