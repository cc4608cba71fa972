// One campaign: who, where and when, how alike, what speaks for one hand, and every copy of it.
import { get, query } from "./api.js";
import { size } from "./campaigns.js";
import { columns } from "./charts.js";
import { differing } from "./differing.js";
import { h, link, table, time } from "./dom.js";
import { deeds, Sweeps } from "./sweeps.js";
import { count, DEEDS, STATES, when } from "./words.js";

const MOMENT = 1_000;
const MOST = 8;

/** A copy with its differences from the first: words of its own, and words that it lacks. */
function said({ text, pieces }) {
  if (text === null) return h("em", {}, "The text was erased.");
  return pieces.length ? differing(pieces) : text;
}

function copy(one) {
  return h("li", { class: one.state },
    h("p", { class: "hint" }, link(`/desk/readers/${one.reader}`, one.name ?? "An erased reader"), " · ",
      link(`/desk/comments/${one.id}`, time(one.created_at, when(one.created_at))), " · ",
      link(`/desk/articles/${one.article.id}`, one.article.title || "an article"), " · ", STATES[one.state]),
    h("p", { class: "said whole", dir: "auto" }, said(one)));
}

function over({ counts, minutes }) {
  const every = minutes === 1 ? "minute" : minutes < 60 ? `${minutes} minutes` : minutes < 1440 ? `${minutes / 60} hours` : `${minutes / 1440} days`;
  const most = Math.max(...counts, 1);
  return [columns(counts.map((found) => ({ found, overturned: 0 })), most),
    h("p", { class: "hint" }, `Comments in each ${every}; ${most.toLocaleString("en-GB")} at most.`)];
}

export default async function view(desk, [, id]) {
  const facts = h("div", {});
  const list = h("ol", { class: "said-list copies" });
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const sweeps = new Sweeps(desk, () => renew().catch((error) => desk.fail(error)));
  let [campaign, next, wait, at] = [null, null, 0, -1];
  const block = (title, ...children) => h("section", { class: "block" }, h("h2", {}, title), children);
  const undo = () => sweeps.undo(campaign, sweeps.last?.ruling ?? campaign.rulings.find(({ by }) => by === desk.me.name)?.id);

  const draw = () => {
    const { reasons, rulings, times, under, by } = campaign;
    facts.replaceChildren(...[
      h("p", {}, h("strong", {}, campaign.held ? `${campaign.held.toLocaleString("en-GB")} held. ` : "Nothing is held. "),
        `${size(campaign)}; since `, time(campaign.opened_at, when(campaign.opened_at)), ", last ", time(campaign.latest_at, when(campaign.latest_at)), "."),
      campaign.quoted && h("p", { class: "warning" }, "They are little else than a quotation: a line of the article, or words in quotation marks. Readers may well like the same line."),
      reasons.length > 0 && block("What speaks for one hand", h("ul", { class: "reasons" }, reasons.map(({ why }) => h("li", {}, why)))),
      block("When", over(times)),
      rulings.length > 0 && block("Rulings", h("ul", {}, rulings.map((one) => h("li", {},
        `${one.by} ${DEEDS[one.action]} ${count(one.comments, "comment")}, ${when(one.at)}${one.clause ? `, citing ${desk.title(one.clause)}` : ""}. `,
        (one.by === desk.me.name || desk.may("editor")) && h("button", { type: "button", class: "plain", onclick: () => sweeps.undo(campaign, one.id) }, "Take back"))))),
      table("Articles with most of it", ["Article", "Comments"], under.slice(0, MOST).map((one) => [link(`/desk/articles/${one.id}`, one.title || one.url), one.comments])),
      table("Readers with most of it", ["Reader", "Comments"], by.slice(0, MOST).map((one) => [link(`/desk/readers/${one.id}`, one.name ?? "Erased"), one.comments])),
    ].filter(Boolean));
  };
  const page = async (after) => {
    const answer = await get(`/api/campaigns/${id}/copies${query({ after })}`);
    if (!after) list.replaceChildren();
    list.append(...answer.copies.map(copy));
    next = answer.next;
    more.hidden = !next;
  };
  const renew = async () => {
    campaign = await get(`/api/campaigns/${id}`);
    draw();
    await page(null);
  };
  const step = (by) => {
    at = Math.min(Math.max(at + by, 0), list.children.length - 1);
    list.children[at]?.querySelector("a")?.focus();
    if (at === list.children.length - 1 && next) page(next).catch((error) => desk.fail(error));
  };
  more.addEventListener("click", () => page(next).catch((error) => desk.fail(error)));
  const one = (words, press, repeated = false) => ({ words, press, again: repeated });
  const heard = () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      if (sweeps.busy) return;
      campaign = await get(`/api/campaigns/${id}`).catch(() => campaign);
      draw();
    }, MOMENT);
  };
  await renew();
  desk.live.addEventListener("campaign", heard);
  const unbind = desk.keys.bind([
    ["a", one("Approve all that is held", () => sweeps.approve(campaign))],
    ["d", one("Delete all that is held, citing a clause", () => sweeps.remove(campaign))],
    ["u", one("Undo the last ruling", undo)],
    ["j", one("Next comment", () => step(1), true)], ["k", one("Previous comment", () => step(-1), true)],
    ["Escape", one("Back to all campaigns", () => desk.go("/desk/campaigns"))],
  ]);
  const leave = () => {
    unbind();
    clearTimeout(wait);
    desk.live.removeEventListener("campaign", heard);
  };
  const node = h("div", {}, h("p", { class: "hint" }, link("/desk/campaigns", "Campaigns"), " ›"),
    h("h1", { tabindex: -1 }, `Campaign ${campaign.id}`), h("blockquote", { class: "said whole", dir: "auto" }, campaign.text ?? "The text was erased."),
    deeds(sweeps, () => campaign, undo), sweeps.place, facts,
    block("The comments", h("p", { class: "hint" }, "In the order in which they came. ", h("ins", {}, "Words"), " that the first one has not, and ", h("del", {}, "words"), " that only the first one has, are marked."), list, more));
  return { title: `Campaign ${campaign.id}`, node, leave };
}
