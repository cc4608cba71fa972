// One story: what each outlet reports of each claim, side by side, word for word.
import { get } from "./api.js";
import { h, link, time } from "./dom.js";
import { count, date, when } from "./words.js";

const STANCES = {
  asserted: "Reports it in its own voice", attributed: "Reports it as said by others", confirmed_by_own_sources: "Has it confirmed by its own sources",
  could_not_verify: "Could not verify it", implied: "Implies it",
};
const RESPONSES = {
  stated_on_record: "the subject says so on the record", denied: "the subject denies it",
  neither_confirmed_nor_denied: "the subject neither confirms nor denies it", declined_to_comment: "the subject declined to comment",
};
const RELATIONS = {
  agree_different_sources: "agree, from different sources", agree_same_origin: "agree, from the same origin: this is no corroboration",
  agree: "agree; whether from one origin or several cannot be told", agree_more_specific: "agree; one is more specific",
  agree_partial: "agree in part; the origin cannot be told", differ_in_detail: "differ in detail",
  differ_in_emphasis: "differ in emphasis: one has it in its title", differ_in_verification: "differ in verification",
};

function article(one, page) {
  const told = [one.outlet, one.origin && one.origin !== one.outlet && `copy of ${one.origin}`, one.byline && `by ${one.byline}`, one.published_at && date(one.published_at), one.future_date && `dated in the future (${date(one.future_date)})`];
  return h("div", { class: "panel" }, h("h3", { dir: "auto" }, link(page.url, one.title || one.id, { rel: "noreferrer", target: "_blank" })),
    h("p", { class: "hint" }, `${told.filter(Boolean).join(", ")}. Read `, time(page.read_at, when(page.read_at)), page.edition > 1 && `, changed ${count(page.edition - 1, "time")}`));
}

function account(one, account_, said) {
  const response = RESPONSES[account_.subject_response];
  const checked = account_.verification && !account_.verification.verifier_is_publisher && account_.verification.verifier;
  return h("div", { class: "panel" }, h("h3", {}, one.outlet),
    h("p", { class: "hint" }, [STANCES[account_.stance], response, checked && `checked by ${checked}`].filter(Boolean).join("; ")),
    account_.sentences.map((id) => h("blockquote", { class: "said", dir: "auto" }, said.get(id))));
}

function claim(one, articles, said) {
  const name = new Map(articles.map(({ id, outlet }) => [id, outlet]));
  const pairs = one.pairs.map(({ articles: both, relations, details }) => h("li", {},
    `${both.map((id) => name.get(id)).join(" and ")} ${relations.map((relation) => RELATIONS[relation] ?? relation).join("; ")}`,
    details.map(({ slices }) => ` (${slices.map((slice) => (slice ? `“${slice.text}”` : "nothing")).join(" against ")})`)));
  const { outlet, basis } = one.first_reporter;
  const mentions = ({ id }) => one.outlets[id].stance !== "not_mentioned";
  const silent = articles.filter((each) => !mentions(each));
  return h("section", {}, h("h2", { class: "over", dir: "auto" }, one.text), pairs.length > 0 && h("ul", { class: "reasons" }, pairs),
    outlet && basis === "stated" && h("p", { class: "hint" }, `First reported by ${outlet}, as an article says.`),
    h("div", { class: "beside-each-other" }, articles.filter(mentions).map((each) => account(each, one.outlets[each.id], said))),
    silent.length > 0 && h("p", { class: "hint" }, `Not mentioned by ${silent.map(({ id }) => name.get(id)).join(", ")}.`));
}

function alone(claims, articles) {
  const some = articles.filter(({ id }) => claims.some(({ article: only }) => only === id));
  return h("section", {}, h("h2", { class: "over" }, "Only in one outlet"), h("p", { class: "hint" }, "That the others are silent is no denial."),
    h("div", { class: "beside-each-other" }, some.map(({ id, outlet }) => h("div", { class: "panel" }, h("h3", {}, outlet),
      claims.filter((one) => one.article === id).map(({ text }) => h("blockquote", { class: "said", dir: "auto" }, text))))));
}

export default async function view(_, [, number]) {
  const { articles, claims, pages } = await get(`/api/stories/${number}`);
  const said = new Map(articles.flatMap(({ sentences }) => sentences.map(({ id, text }) => [id, text])));
  const shared = claims.filter(({ relation }) => relation !== "only_one_outlet");
  const single = claims.filter(({ relation }) => relation === "only_one_outlet");
  const title = articles[0].title || `Story ${number}`;
  const node = h("div", {}, h("p", { class: "hint" }, link("/desk/stories", "All stories")), h("h1", { tabindex: -1, dir: "auto" }, title),
    h("p", { class: "hint" }, `What ${count(articles.length, "article")} say. Every line is quoted word for word; the relations are proposals, and you decide.`),
    h("h2", { class: "over" }, "Articles"), h("div", { class: "beside-each-other" }, articles.map((one) => article(one, pages[one.id]))),
    articles.length < 2 && h("p", {}, "There is one article only: nothing can be compared."),
    shared.map((one) => claim(one, articles, said)), single.length > 0 && articles.length > 1 && alone(single, articles));
  return { title, node };
}
