// All words; docs/newsroom.md says how a page adds a language.
const ENGLISH = {
  dir: "ltr",
  comments: "Comments",
  count: { one: "{n} comment", other: "{n} comments" },
  fresh: { one: "{n} new comment", other: "{n} new comments" },
  loading: "Loading…",
  none: "Nobody has written yet.",
  noPicks: "Nothing is picked yet.",
  closed: "This article takes no more comments.",
  sort: "Sort by",
  newest: "Newest",
  oldest: "Oldest",
  picks: "Editors’ picks",
  more: "More comments",
  moreReplies: "More replies",
  by: "Comment by {name}",
  replyBy: "Reply by {name} to {to}",
  to: "to {name}",
  staff: "Staff",
  pick: "Editors’ pick",
  removed: "This comment was removed.",
  now: "just now",
  reply: "Reply",
  replyTo: "Reply to {name}",
  write: "Write a comment",
  name: "Your name",
  email: "E-mail",
  emailHint: "optional, never shown",
  terms: "I accept the commenting policy.",
  policy: "Read the policy",
  as: "You write as {name}.",
  notMe: "That is not me",
  send: "Send",
  close: "Close",
  lackText: "Please write something first.",
  lackName: "Please give a name.",
  lackTerms: "Please accept the commenting policy first.",
  unknown: "You are not known here any more. Please give your name again.",
  nudge: "Before you send",
  nudgeHOLD: "A moderator would look at this.",
  nudgeDELETE: "As it stands, this breaks the policy.",
  anyway: "Send anyway",
  change: "Change it",
  approved: "Your comment is published.",
  held: "A moderator will look at your comment.",
  deleted: "Your comment was not published.",
  passed_on: "Thank you for pointing to an error: it was passed on to the corrections desk, which looks into every report.",
  report_corrected: "The corrections desk found you right, and it was corrected.",
  report_clarified: "The corrections desk has had it made clearer.",
  report_no_error: "The corrections desk has looked into it and found no error.",
  report_not_ours: "The corrections desk found that it is not about something we published.",
  report_withdrawn: "What you reported was withdrawn.",
  is_approved: "Published",
  is_held: "Waiting",
  is_deleted: "Not published",
  another: "Write another comment",
  anew: "Change and send anew",
  mine: { one: "Your comment here", other: "Your {n} comments here" },
  report: "Report",
  reportTo: "Report the comment by {name}",
  erratum: "Report an error",
  again: "Try again",
  offline: "The comments cannot be reached. What you wrote is kept.",
  failed: "That did not work. What you wrote is kept.",
  // By code, such as `busy`, instead of the server's English sentence.
  refusals: {},
};
const languages = { en: ENGLISH };

export function addLanguage(tag, strings) {
  languages[tag] = strings;
}

export function speak(wanted, more) {
  const tag = [wanted, wanted.split("-")[0], "en"].find((one) => languages[one]);
  const own = { ...ENGLISH, ...more, ...languages[tag] };
  const plural = new Intl.PluralRules(tag);
  const number = new Intl.NumberFormat(tag);
  const t = (key, given = {}) => {
    const phrase = own[key][plural.select(given.n ?? 0)] ?? own[key].other ?? own[key];
    return phrase.replace(/\{(\w+)\}/g, (_, name) => (name === "n" ? number.format(given.n) : given[name]));
  };
  const { reasons, refusals } = own;
  return Object.assign(t, { tag, reasons, refusals });
}
