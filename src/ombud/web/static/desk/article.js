// All comments of one article, by state, and how the article takes comments.
import { get, patch, query } from "./api.js";
import { field, h, link, select, time } from "./dom.js";
import { decided } from "./context.js";
import { MODES, plain, short, STATES, when } from "./words.js";

const rows = (items) => items.map((item) => h("li", { class: item.state },
  h("p", { class: "hint" }, link(item.author && `/desk/readers/${item.author.id}`, item.author?.name ?? "Erased"), " · ",
    link(`/desk/comments/${item.id}`, time(item.created_at, when(item.created_at))), " · ", item.state === "held" ? item.held_because : decided(item)),
  h("p", { class: "said", dir: "auto" }, short(item.text ?? "The text was erased.", 400))));

function mode(desk, article) {
  const chosen = select([["", "As the outlet has it"], ...Object.entries(MODES)], article.mode ?? "");
  const said = h("span", { class: "hint", role: "status" });
  chosen.addEventListener("change", async () => {
    try {
      await patch(`/api/articles/${article.id}`, { mode: chosen.value || null });
      said.textContent = "Kept.";
    } catch (error) {
      chosen.value = article.mode ?? "";
      said.textContent = plain(error);
    }
  });
  return h("div", { class: "setting" }, field("How comments on this article are moderated", chosen), said);
}

export default async function view(desk, [, id], asked) {
  const now = STATES[asked.get("state")] ? asked.get("state") : "held";
  const ask = (state, more = {}) => get(`/api/queue${query({ article: id, state, order: "newest", limit: 1, ...more })}`);
  const [article, ...counts] = await Promise.all([get(`/api/articles/${id}`), ...Object.keys(STATES).map((state) => ask(state))]);
  const list = h("ol", { class: "said-list" });
  const more = h("button", { type: "button", hidden: true }, "Show more");
  let next = null;
  const load = async () => {
    const answer = await ask(now, { limit: 50, after: next });
    list.append(...rows(answer.items));
    next = answer.next;
    more.hidden = !next;
  };
  more.addEventListener("click", () => load().catch((error) => desk.fail(error)));
  await load();
  const tabs = Object.entries(STATES).map(([state, words], index) => h("a", {
    href: `/desk/articles/${id}?state=${state}`, "aria-current": state === now ? "page" : null,
  }, `${words} ${counts[index].count.toLocaleString("en-GB")}`));
  const node = h("div", {},
    h("p", { class: "hint" }, link("/desk", "Queue"), " › Article"),
    h("h1", { tabindex: -1 }, article.title || "Untitled article"),
    h("p", { class: "hint" }, [article.outlet?.name ?? article.outlet, article.byline, article.published_at && when(article.published_at)].filter(Boolean).join(" · "), " · ",
      link(article.url, "on the paper's page", { target: "_blank", rel: "noopener" })),
    desk.may("editor") && mode(desk, article),
    h("p", { class: "deeds" }, link(`/desk${query({ article: id })}`, "Rule on those that are held"),
      desk.may("editor") && link(`/desk/picks?article=${id}`, "Picks of this article")),
    h("nav", { class: "tabs", "aria-label": "Comments by state" }, tabs),
    list.children.length ? list : h("p", {}, `No comment here is ${STATES[now].toLowerCase()}.`), more);
  return { title: article.title || "Article", node };
}
