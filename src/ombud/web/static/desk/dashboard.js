// How the desk fares: what was found and overturned, how long comments wait, how well people agree.
import { get, query } from "./api.js";
import { bar, columns, interval } from "./charts.js";
import { field, h, link, select, table } from "./dom.js";
import { KINDS } from "./reports.js";
import { agreed, count, percent, when } from "./words.js";

const figure = (words, value, hint) => h("div", {}, h("dt", {}, words), h("dd", {}, value), hint && h("dd", { class: "hint" }, hint));
const day = (written) => new Date(`${written}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
const two = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));

const DAY = 86_400_000;

/** The days of the period, oldest first, those without anything as well. */
function every(given, days, none) {
  const known = new Map(days.map((one) => [one.day, one]));
  return Array.from({ length: given.days }, (_, index) => {
    const date = new Date(Date.now() - (given.days - 1 - index) * DAY).toISOString().slice(0, 10);
    return known.get(date) ?? { day: date, ...none };
  });
}

function waited(minutes) {
  if (minutes === null) return "–";
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}

function figures(given) {
  const { queue, automatic, pace } = given;
  return h("dl", { class: "figures" },
    figure("Waiting now", queue.held.toLocaleString("en-GB"), queue.oldest ? `the oldest since ${when(queue.oldest)}` : "nobody waits"),
    figure("For an editor", queue.escalated.toLocaleString("en-GB"), `${count(queue.flagged, "flagged comment")} waiting`),
    figure("First ruling after", waited(given.first_ruling_minutes), "for half of the comments"),
    figure("Decided without a human", automatic.share === null ? "–" : percent(automatic.share), `${automatic.alone.toLocaleString("en-GB")} of ${automatic.decided.toLocaleString("en-GB")}`),
    figure("Your rulings today", pace.today.toLocaleString("en-GB"), "only you see this"));
}

function corrections({ corrections: { reports, answered, kinds, days, waiting, overdue, second } }, outlets) {
  const proposed = second.corrections + second.assertions;
  const two = proposed || outlets.some((one) => one.two_editors);
  if (!reports && !waiting && !proposed) return null;
  return h("section", {}, h("h2", { class: "over" }, "Corrections"),
    h("dl", { class: "figures" },
      figure("Reports", reports.toLocaleString("en-GB"), link("/desk/reports", `${waiting} waiting now`)),
      figure("Overdue", overdue ? h("strong", { class: "fault" }, overdue.toLocaleString("en-GB")) : "0", overdue ? link("/desk/reports", "answer these first") : "nothing is late"),
      two && figure("For a second editor", proposed.toLocaleString("en-GB"), proposed ? link("/desk/reports?state=proposed", `the oldest since ${when(second.oldest)}`) : "nothing waits"),
      figure("Answered", reports ? percent(answered / reports) : "–", `${answered.toLocaleString("en-GB")} of ${reports.toLocaleString("en-GB")}`),
      figure("Days to an answer", days === null ? "–" : days < 1 ? "under 1" : days.toLocaleString("en-GB"), "for half of the reports")),
    Object.keys(kinds).length ? table("What reports of the period assert", ["Kind", "Assertions"], Object.entries(kinds).map(([kind, n]) => [KINDS[kind], n])) : null);
}

function clauses(given) {
  const most = Math.max(1, ...given.clauses.flatMap((one) => one.days.map(({ found }) => found)));
  const rows = given.clauses.map(({ rule, title, found, ruled, overturned, days }) => [
    link(`/desk?clause=${rule}`, title), found, ruled, overturned, ruled ? percent(overturned / ruled) : "–", columns(every(given, days, { found: 0, overturned: 0 }), most)]);
  return h("section", {}, h("h2", { class: "over" }, "Clauses"),
    h("p", { class: "hint" }, "Found: the policy saw a breach. Ruled: a moderator looked at it. Overturned: the moderator approved the comment all the same."),
    table(`Clauses in the last ${given.days} days`, ["Clause", "Found", "Ruled", "Overturned", "Share", "By day"], rows),
    h("details", {}, h("summary", {}, "Every day as numbers"),
      table("Found, ruled and overturned by clause and day", ["Clause", "Day", "Found", "Ruled", "Overturned"],
        given.clauses.flatMap(({ title, days }) => days.map((one) => [title, day(one.day), one.found, one.ruled, one.overturned])))));
}

function arrivals(given) {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ found: 0, overturned: 0, hour }));
  for (const { hour, count: n } of given.arrivals) hours[new Date(hour).getHours()].found += n;
  const written = ({ hour }) => `${String(hour).padStart(2, "0")}:00`;
  const most = Math.max(...hours.map(({ found }) => found));
  return most ? h("details", {}, h("summary", {}, "When comments come"), columns(hours, most),
    table(`Comments by the hour of the day, over ${given.days} days`, ["Hour", "Comments"], hours.filter(({ found }) => found).map((one) => [written(one), one.found]))) : null;
}

function ages(given) {
  const all = Math.max(1, given.queue.held);
  return h("section", {}, h("h2", { class: "over" }, "How long comments wait"),
    table("Held comments by age", ["Waiting", "Comments", ""], given.queue.ages.map(({ words, count: n }) => [words, n, bar(n / all)])), arrivals(given));
}

function agreement(given, titles) {
  const rows = given.agreement.map(({ rule, alpha, low, high, comments, reason }) => [
    rule ? titles(rule) : "Approve or delete", two(alpha), low === null ? "–" : `${two(low)} to ${two(high)}`,
    alpha === null ? reason : agreed(alpha), comments, alpha === null ? "" : interval(alpha, low, high)]);
  return h("section", {}, h("h2", { class: "over" }, "Do moderators agree?"),
    h("p", { class: "hint" }, "Krippendorff's alpha over comments that two moderators ruled on without knowing of each other: 1 is full agreement, 0 is chance. Below 0.67 the clause needs clearer words."),
    rows.length ? table("Agreement by clause, with its 95 % interval", ["Clause", "Alpha", "Interval", "Agreement", "Comments", ""], rows)
      : h("p", {}, "Nothing yet: ", link("/desk/reviews", "second reviews"), " are what this is measured by."));
}

function pace(given) {
  const rows = given.pace.days.filter((one) => one.ruled).map((one) => [day(one.day), one.ruled]);
  return rows.length ? h("section", {}, h("h2", { class: "over" }, "Your own pace"),
    h("p", { class: "hint" }, `${count(rows.reduce((sum, [, n]) => sum + n, 0), "ruling")} in ${given.days} days. Nobody else sees your numbers.`),
    table("Your rulings by day", ["Day", "Rulings"], rows)) : null;
}

export default async function view(desk, _, asked) {
  const days = ["7", "14", "30", "90"].includes(asked.get("days")) ? asked.get("days") : "14";
  const given = await get(`/api/dashboard${query({ days })}`);
  const span = select([["7", "7 days"], ["14", "14 days"], ["30", "30 days"], ["90", "90 days"]], days);
  span.addEventListener("change", () => desk.go(`/desk/dashboard?days=${span.value}`));
  const node = h("div", { class: "dashboard" },
    given.warning && h("p", { class: "warning" }, given.warning),
    h("div", { class: "heading" }, h("h1", { tabindex: -1 }, "Dashboard"), field("Period", span)),
    h("p", { class: "hint" }, `Counted ${when(given.at)}; counted anew after a minute.`),
    figures(given), corrections(given, desk.outlets), clauses(given), h("div", { class: "pair-of" }, agreement(given, desk.title), ages(given)), pace(given));
  return { title: "Dashboard", node };
}
