// The steps of a report, in words: who did what, and what was taken back.
import { h, time } from "./dom.js";
import { KINDS, STANDS } from "./reports.js";
import { date, short, when, who } from "./words.js";

/** The letters of a report from one place to another, in code points; `span` is such as `4-20`. */
function letters({ text }, span) {
  const [begin, end] = span.split("-").map(Number);
  return text === null ? "words that were erased" : `“${short(Array.from(text).slice(begin, end).join(""), 40)}”`;
}

/** Spans as steps keep them: `0-46, 4:46-90`; the second one has the number of its assertion. */
const spans = (written) => written.split(", ").map((one) => one.split(":").toReversed());

const SAID = {
  status: (one) => `says: ${STANDS[one.after]}`,
  proposed: (one) => `proposes: ${STANDS[one.after]}`,
  kind: (one) => `sorts it as ${KINDS[one.after].toLowerCase()}`,
  added: (one, report) => `adds ${letters(report, one.after)}`,
  split: (one, report) => `splits it into ${spans(one.after).map(([span]) => letters(report, span)).join(" and ")}`,
  merged: (one, report) => `merges ${spans(one.before).map(([, number]) => number && `assertion ${number} `).filter(Boolean).join("")}into it: ${letters(report, one.after)}`,
  assigned: (one) => (one.after === `staff:${one.by}` ? "takes it up" : `gives it to ${who(one.after) || "nobody"}`),
  article: (one) => `says it is about article ${one.after}`,
  due: (one) => `sets the deadline to ${date(one.after)}`,
  undone: (one, report) => `takes back step ${report.steps.findIndex(({ id }) => id === one.undoes) + 1}`,
};

/** What somebody did with one step. */
export function done(one, report) {
  const about = one.assertion ? ` (assertion ${one.assertion})` : "";
  return `${one.by} ${SAID[one.deed](one, report)}${one.correction ? `, with correction ${one.correction}` : ""}${one.proposal ? `, with proposal ${one.proposal}` : ""}${about}`;
}

export function history(report) {
  return h("ol", { class: "reasons" }, report.steps.map((one) => h("li", { class: one.holds || one.undoes ? null : "gone" },
    done(one, report), !one.holds && !one.undoes && " – taken back", one.reason && `: ${one.reason}`, " · ", time(one.at, when(one.at)))));
}
