// One reader: how their comments fared, bans, and the way to suspend somebody.
import { get, post, remove } from "./api.js";
import { decided } from "./context.js";
import { field, h, link, select, table, time } from "./dom.js";
import { date, plain, short, STATES, when, who } from "./words.js";

const SPANS = [["1", "One day"], ["7", "A week"], ["30", "A month"], ["365", "A year"], ["", "For good"]];

function banning(id, again) {
  const reason = h("textarea", { rows: 2, required: true, maxlength: 2000 });
  const span = select(SPANS, "7");
  const fault = h("p", { class: "fault", role: "alert" });
  const form = h("form", { class: "panel" }, h("h2", {}, "Suspend this reader"),
    field("Reason", reason, "The reader is shown these words."), field("For how long", span),
    h("p", { class: "submit" }, h("button", { type: "submit" }, "Suspend")), fault);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const until = span.value ? new Date(Date.now() + Number(span.value) * 86_400_000).toISOString() : undefined;
    try {
      await post(`/api/readers/${id}/bans`, { reason: reason.value.trim(), until });
      await again();
    } catch (error) {
      fault.textContent = plain(error);
    }
  });
  return form;
}

function bans(desk, given, again) {
  if (!given.length) return null;
  const lift = (ban) => h("button", { type: "button", onclick: async () => {
    try {
      await remove(`/api/bans/${ban.id}`);
      await again();
    } catch (error) {
      desk.fail(error);
    }
  } }, "Lift");
  const over = (ban) => ban.lifted_at || (ban.until && Date.parse(ban.until) < Date.now());
  const rows = given.map((ban) => [time(ban.at, when(ban.at)), who(ban.by), ban.reason, ban.until ? when(ban.until) : "For good",
    ban.lifted_at ? `Lifted ${when(ban.lifted_at)}` : over(ban) ? "Over" : desk.may("editor") ? lift(ban) : "In force"]);
  return table("Suspensions", ["Since", "By", "Reason", "Until", ""], rows);
}

export default async function view(desk, [, id]) {
  const place = h("div", {});
  const draw = async (focus = false) => {
    const reader = await get(`/api/readers/${id}`);
    const { approved = 0, held = 0, deleted = 0 } = reader;
    const ruled = approved + deleted;
    place.replaceChildren(...[
      h("p", { class: "hint" }, link("/desk", "Queue"), " › Reader"),
      h("h1", { tabindex: -1 }, reader.name ?? "Erased reader"),
      h("p", { class: "hint" }, reader.since && ["Here since ", time(reader.since, date(reader.since))], reader.outlet && ` · ${reader.outlet}`),
      h("dl", { class: "figures" }, [["Approved", approved], ["Held", held], ["Deleted", deleted],
        ["Deleted of those ruled", ruled ? `${Math.round((deleted / ruled) * 100)} %` : "–"]].map(([words, value]) =>
        h("div", {}, h("dt", {}, words), h("dd", {}, value.toLocaleString("en-GB"))))),
      bans(desk, reader.bans ?? [], () => draw(true)),
      desk.may("editor") && banning(id, () => draw(true)),
      h("h2", { class: "over" }, "Latest comments"),
      h("ol", { class: "said-list" }, (reader.comments).map((item) => h("li", { class: item.state },
        h("p", { class: "hint" }, h("strong", {}, STATES[item.state]), " · ", link(`/desk/comments/${item.id}`, time(item.created_at, when(item.created_at))),
          item.article?.title && [" · ", link(`/desk/articles/${item.article.id}`, item.article.title)], item.state !== "held" && [" · ", decided(item)]),
        h("p", { class: "said", dir: "auto" }, short(item.text ?? "The text was erased.", 400))))),
      h("p", {}, link(`/desk?reader=${id}`, "Held comments of this reader, in the queue")),
    ].filter(Boolean));
    if (focus) place.querySelector("h1").focus();
  };
  await draw();
  return { title: place.querySelector("h1").textContent, node: place };
}
