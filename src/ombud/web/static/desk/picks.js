// Picks: comments that together cover different views, proposed with reasons, chosen by an editor.
import { get, put, query, remove } from "./api.js";
import { field, h, link, select } from "./dom.js";
import { count, when } from "./words.js";

function choice(desk, item) {
  const state = h("span", { class: "hint", role: "status" });
  const button = h("button", { type: "button" });
  const draw = () => {
    button.textContent = item.picked ? "Take it out" : "Pick it";
    button.setAttribute("aria-pressed", String(item.picked));
  };
  button.addEventListener("click", async () => {
    try {
      const { picked } = await (item.picked ? remove : put)(`/api/comments/${item.id}/pick`);
      item.picked = picked;
      state.textContent = picked ? "Readers see it among the picks." : "";
      draw();
    } catch (error) {
      desk.fail(error);
    }
  });
  draw();
  return h("p", { class: "deeds" }, button, state);
}

export default async function view(desk, _, asked) {
  const { articles } = await get(`/api/articles${query({ limit: 100 })}`);
  const id = asked.get("article") ?? (articles.find((one) => one.count > 0) ?? articles[0])?.id;
  const heading = h("h1", { tabindex: -1 }, "Picks");
  const lead = h("p", { class: "hint" }, "Civil, quick and relevant comments that together cover different views. They are proposals: nothing is picked until you choose it.");
  if (!id) return { title: "Picks", node: h("div", {}, heading, lead, h("p", {}, "There is no article yet.")) };
  const known = articles.some((one) => `${one.id}` === `${id}`) ? articles : [...articles, { id, title: `Article ${id}` }];
  const chosen = select(known.map((one) => [`${one.id}`, one.count === undefined ? one.title : `${one.title} (${count(one.count, "comment")})`]), `${id}`);
  chosen.addEventListener("change", () => desk.go(`/desk/picks?article=${chosen.value}`));
  const { picks } = await get(`/api/picks?article=${id}`);
  const list = picks.map((item) => h("li", { class: "approved" },
    h("p", { class: "hint" }, h("strong", {}, item.author?.name ?? "Erased"), " · ", link(`/desk/comments/${item.id}`, when(item.created_at))),
    h("p", { class: "said whole", dir: "auto" }, item.text),
    h("ul", { class: "reasons" }, (item.reasons ?? []).map((reason) => h("li", {}, reason))), choice(desk, item)));
  const node = h("div", {}, heading, lead, field("Article", chosen),
    list.length ? h("ol", { class: "said-list" }, list) : h("p", {}, "Nothing to propose: this article has too few approved comments."));
  return { title: "Picks", node };
}
