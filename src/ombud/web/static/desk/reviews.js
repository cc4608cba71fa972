// Second reviews: rule without knowing what was ruled, so that agreement can be measured.
import { get, post } from "./api.js";
import { article, parent } from "./context.js";
import { askClause } from "./dialogs.js";
import { h } from "./dom.js";

export default async function view(desk) {
  const items = (await get("/api/reviews")).items;
  const more = async () => {
    if (!items.length) items.push(...(await get("/api/reviews")).items);
  };
  const place = h("div", { class: "review", role: "group", "aria-label": "Comment to review" });
  const left = h("p", { class: "hint", role: "status" });
  const heading = h("h1", { tabindex: -1 }, "Second reviews");
  let busy = false;

  const draw = () => {
    const [item] = items;
    left.textContent = item ? `${items.length} to review. What was ruled is not shown, and your answer changes nothing for the reader.` : "";
    if (!item) {
      place.replaceChildren(h("p", {}, "Nothing to review now. A share of rulings comes here for a second look."));
      return;
    }
    place.replaceChildren(...[parent(item), h("div", { class: "text", dir: "auto" }, item.text),
      h("section", { class: "block" }, h("h2", {}, "Article"), article(item, item.article_text))].filter(Boolean));
  };
  const answer = async (action, clause = null) => {
    const [item] = items;
    if (!item || busy) return;
    busy = true;
    try {
      await post(`/api/reviews/${item.id}`, { action, clause: clause ?? undefined });
      items.shift();
      await more();
      desk.say("Kept.");
      draw();
    } catch (error) {
      if (error.code === "conflict" || error.code === "not_found") {
        items.shift();
        await more();
        draw();
      }
      desk.fail(error);
    } finally {
      busy = false;
    }
  };
  const remove = async () => {
    if (!items.length) return;
    const clause = await askClause(desk.clauses);
    if (clause) answer("delete", clause);
  };
  const skip = () => {
    items.push(items.shift());
    draw();
  };
  const button = (key, words, press, kind) => h("button", { type: "button", class: kind, onclick: press }, h("kbd", { "aria-hidden": "true" }, key), ` ${words}`);
  const bar = h("p", { class: "deeds" }, button("a", "Approve", () => answer("approve"), "approve"), button("d", "Delete…", remove, "delete"), button("s", "Skip", skip));
  const one = (words, press) => ({ words, press });
  let unbind = null;
  const bind = () => {
    unbind?.();
    unbind = desk.keys.bind([
      ["a", one("Would approve", () => answer("approve"))], ["d", one("Would delete", remove)],
      ...desk.clauses.slice(0, 9).map(({ rule, title }, index) => [`${index + 1}`, one(`Would delete: ${title}`, () => answer("delete", rule))]),
      ["0", one("Would delete, citing another clause", remove)], ["s", one("Skip", skip)],
    ]);
  };
  bind();
  desk.live.addEventListener("clauses", bind);
  const leave = () => {
    desk.live.removeEventListener("clauses", bind);
    unbind();
  };
  bar.hidden = !items.length;
  draw();
  return { title: "Second reviews", node: h("div", {}, heading, left, place, bar), leave };
}
