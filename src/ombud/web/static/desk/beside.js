// What stands beside an assertion: our sentences, other outlets' lines, earlier corrections.
import { h, link, time } from "./dom.js";
import { when } from "./words.js";

const SIDES = { report: "As the reader says", article: "As our article says", open: "On the same" };
const STANCES = {
  asserted: "reports it in its own voice", attributed: "reports it as said by others", confirmed_by_own_sources: "has it confirmed by its own sources",
  could_not_verify: "could not verify it", not_mentioned: "does not mention it",
};
const RESPONSES = {
  stated_on_record: "the subject says so on the record", denied: "the subject denies it", neither_confirmed_nor_denied: "the subject neither confirms nor denies it",
  declined_to_comment: "the subject declined to comment",
};
const CHECKS = {
  confirmed: "confirmed", could_not_verify: "could not be verified", neither_confirmed_nor_denied: "neither confirmed nor denied",
  declined_to_comment: "declined to comment", denied: "denied", first_reported: "says who reported it first",
};
const RELATIONS = {
  agree_different_sources: "agrees with our article, from another source", agree_same_origin: "agrees with our article, from the same origin",
  agree: "agrees with our article; whether from another origin cannot be told", agree_more_specific: "agrees with our article; one is more specific",
  agree_partial: "agrees with our article in part", differ_in_detail: "differs from our article in detail",
  differ_in_emphasis: "differs from our article in emphasis", differ_in_verification: "differs from our article in verification",
};
const STRENGTHS = {
  named_on_record: "a named source", organisation_on_record: "an organisation", governments: "a government", unnamed_officials: "officials without a name",
  anonymous: "an anonymous source", other_outlet: "another outlet", unspecified: "a source that is not clear",
};

/** Words as they stand there; those that begin with a quotation get no second pair of marks. */
const quoted = (text) => h("q", { class: /^[“„«"]/.test(text) && "bare", dir: "auto" }, text);

/** The sentences of our article that an assertion speaks of. */
export function ours({ evidence }, article) {
  if (!evidence.length) return h("p", { class: "hint" }, article ? "No sentence of our article has its words." : "Say which article it is about, and its sentences stand here.");
  return [h("p", { class: "over" }, "Our article says"), h("ul", { class: "reasons" },
    evidence.map(({ part, text }) => h("li", {}, part === "text" ? "" : `${part === "title" ? "Headline" : "Byline"}: `, quoted(text))))];
}

function known(line, of) {
  const document = of(line.document);
  const said = [
    line.source ? `source: ${line.source}${STRENGTHS[line.strength] ? ` (${STRENGTHS[line.strength]})` : ""}` : STRENGTHS[line.strength] && `source: ${STRENGTHS[line.strength]}`,
    CHECKS[line.status], document?.origin && `copy of ${document.origin}`,
  ].filter(Boolean);
  return h("span", { class: "hint" }, ` – ${document?.outlet ?? "a text"}`, said.length ? `; ${said.join("; ")}` : "",
    line.same_origin && [". ", h("strong", {}, "Same origin as our article: no corroboration.")],
    !line.same_origin && line.counted.length > 0 && [". ", h("strong", {}, `Same origin as ${line.counted.map((id) => of(id)?.outlet).join(", ")}: counts once.`)]);
}

/** How each outlet tells it: in whose voice, who checked, and how that relates to our article. */
export function told({ told: accounts }, documents) {
  if (!accounts.length) return null;
  return [h("p", { class: "over" }, "How it is told"), h("ul", { class: "reasons" }, accounts.map((one) => {
    const outlet = one.document === null ? "Our article" : documents.find(({ id }) => id === one.document)?.outlet ?? "A text";
    const checked = one.verification;
    // Whoever prints an agency's copy has confirmed nothing itself.
    const printed = checked?.status === "confirmed" && checked.verifier && !checked.verifier_is_publisher;
    const said = [printed ? `prints it as confirmed by ${checked.verifier}` : STANCES[one.stance], RESPONSES[one.subject_response], ...one.relations.map((relation) => RELATIONS[relation])];
    return h("li", {}, h("strong", {}, outlet), ` ${said.filter(Boolean).join("; ")}`);
  }))];
}

/** The lines of other outlets, those that speak for the reader first; each is an exact slice. */
export function elsewhere({ elsewhere: lines }, documents) {
  if (!lines.length) return documents.length ? h("p", { class: "hint" }, "The other outlets’ texts say nothing on this.") : null;
  const of = (id) => documents.find((one) => one.id === id);
  return Object.entries(SIDES).flatMap(([side, words]) => {
    const chosen = lines.filter((line) => line.side === side);
    return chosen.length ? [h("p", { class: `over ${side}` }, words, h("span", { class: "hint" }, side === "open" ? " (whether for or against, words do not tell)" : "")),
      h("ul", { class: "reasons" }, chosen.map((line) => h("li", {}, quoted(line.text), known(line, of))))] : [];
  });
}

/** Corrections that spoke of the same sentence before. */
export function earlier({ corrections: numbers }, corrections) {
  const same = corrections.filter(({ id }) => numbers.includes(id));
  if (!same.length) return null;
  return [h("p", { class: "over" }, "Corrected before in the same place"), h("ul", { class: "reasons" }, same.map((one) =>
    h("li", {}, `${one.text} · `, time(one.published_at, when(one.published_at)))))];
}

/** The texts themselves, and the way to lay more beside them; `found` are pages that are followed. */
export function documents(report, found, { add, take, leave }) {
  return [
    h("p", { class: "hint" }, "Put texts of other outlets on the same story here: their lines then stand beside each assertion. Copies of one agency’s report count once."),
    report.documents.length > 0 && h("ul", { class: "reasons" }, report.documents.map((one) => h("li", {},
      h("strong", {}, one.outlet || one.name), one.title ? `: ${one.title} ` : " ", /^https?:/.test(one.name) && [link(one.name, "(as published)"), " "],
      one.origin && `· copy of ${one.origin} `, one.published_at && `· ${one.published_at} `, one.notes.length > 0 && `· ${one.notes.join("; ")} `,
      h("button", { type: "button", class: "plain", "aria-label": `Leave out ${one.outlet || one.name}`, onclick: () => leave(one.id) }, "Leave out")))),
    found.length > 0 && [h("p", { class: "over" }, "Maybe on the same story, from the outlets that you follow"), h("ul", { class: "reasons" }, found.map((one) => h("li", {},
      h("strong", {}, one.outlet), ": ", link(one.url, one.title || one.url), " ",
      h("button", { type: "button", class: "plain", "aria-label": `Put beside: ${one.outlet}, ${one.title}`, onclick: () => take(one.page) }, "Put beside"))))],
    h("p", { class: "deeds" }, h("button", { type: "button", onclick: add }, "Add a text…")),
  ];
}
