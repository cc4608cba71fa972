// Corrections that wait for a second editor: nothing of them is public until one agrees.
import { post } from "./api.js";
import { askPublic, askWhy } from "./asking.js";
import { h, time } from "./dom.js";
import { preview } from "./preview.js";
import { when } from "./words.js";

const ENDED = { published: "Public since", refused: "Refused by", withdrawn: "Withdrawn by" };

/** What became of an article since something was proposed about it; `now`: its newest correction and its edition. */
function since(one, now) {
  const news = [
    now.newest !== one.newest && `correction ${now.newest} was published about this article`,
    now.edition !== one.edition && `the article came to edition ${now.edition}`,
  ].filter(Boolean);
  return news.length > 0 && h("p", {}, h("strong", { class: "fault" }, `Since it was proposed, ${news.join(", and ")}: look at that before you agree.`));
}

function outcome(one) {
  if (one.outcome === "published") return [`${ENDED.published} `, time(one.ended_at, when(one.ended_at)), `, as correction ${one.correction}`];
  return [`${ENDED[one.outcome]} ${one.ended_by}, `, time(one.ended_at, when(one.ended_at)), one.reason && `: ${one.reason}`];
}

/**
 * One proposal, with what may be done about it.
 *
 * `press(deed, one)` is called for "agree", "refuse" and "withdraw", `anew(one)` for other words;
 * `named`: an assertion rests on it, where agreeing to that makes it public.
 */
export function proposed(one, { desk, now, press, anew = null, named = false }) {
  const mine = one.by === desk.me.name;
  const button = (words, deed) => h("button", { type: "button", onclick: deed, "aria-label": `${words.replace("…", "")} proposal ${one.proposal}` }, words);
  return [
    h("p", {}, h("strong", {}, one.outcome ? "" : "Not public yet. "), `Proposal ${one.proposal}, a ${one.kind} by ${one.by}, `, time(one.at, when(one.at)), one.replaces && `, in place of correction ${one.replaces}`),
    one.outcome ? [h("p", { class: "said whole", dir: "auto" }, one.text), h("p", { class: "hint" }, outcome(one))] : [preview(one, true), since(one, now)],
    h("p", { class: "deeds" }, desk.may("editor") && !one.outcome && (mine
      ? [h("span", { class: "hint" }, "Another editor has to agree. "), button("Withdraw…", () => press("withdraw", one))]
      : [!named && button("Agree to publish…", () => press("agree", one)), button("Refuse…", () => press("refuse", one))]),
    desk.may("editor") && anew && ["refused", "withdrawn"].includes(one.outcome) && button("Propose other words…", () => anew(one))),
  ];
}

const ASKED = {
  agree: askPublic,
  refuse: () => askWhy("Refuse what is proposed?", "Refuse", "The log keeps this: name no reader."),
  withdraw: () => askWhy("Withdraw what you proposed?", "Withdraw", "The log keeps this: name no reader."),
};

/** Asks, and ends a proposal as it was seen; nothing where the dialog was closed. */
export async function end(deed, one, now) {
  const said = await ASKED[deed](one);
  return said && post(`/api/proposals/${one.proposal}`, { deed, ...said, ...now });
}
