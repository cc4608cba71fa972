// What other outlets publish: stories that several of them have, and the feeds that are followed.
import { get, post, query, remove } from "./api.js";
import { field, h, link, select, time } from "./dom.js";
import { count, plain, when } from "./words.js";

const LEAST = [["2", "Of two outlets or more"], ["1", "All"], ["3", "Of three outlets or more"]];

function row({ id, articles, changed_at: changed }) {
  const outlets = [...new Set(articles.map(({ outlet }) => outlet))];
  return h("li", {},
    h("p", { class: "hint" }, `${outlets.join(", ")}, `, time(changed, when(changed))),
    h("p", { class: "said", dir: "auto" }, link(`/desk/stories/${id}`, articles[0].title || `Story ${id}`)),
    articles.length > 1 && h("ul", { class: "reasons" }, articles.slice(1).map(({ outlet, title }) => h("li", { dir: "auto" }, `${outlet}: ${title}`))));
}

function feed(desk, one, gone) {
  const came = one.failure ? h("span", { class: "fault" }, `Failed ${count(one.failures, "time")}: ${one.failure}`)
    : one.checked_at ? h("span", {}, "came ", time(one.checked_at, when(one.checked_at))) : "not looked at yet";
  const end = desk.may("editor") && h("button", { type: "button", class: "plain", "aria-label": `Follow ${one.url} no more`, onclick: () => gone(one) }, "Remove");
  return h("li", {}, h("p", {}, h("strong", {}, one.outlet), " ", link(one.url, one.url, { rel: "noreferrer", target: "_blank" })), h("p", { class: "hint" }, came, " ", end));
}

/** The feeds, and for editors the form that adds one. */
async function followed(desk) {
  const list = h("ul", { class: "said-list copies" });
  const fault = h("p", { role: "alert", class: "fault" });
  const outlet = h("input", { required: true, maxlength: 200, autocomplete: "off" });
  const url = h("input", { type: "url", required: true, maxlength: 2000, autocomplete: "off", spellcheck: "false" });
  const draw = async () => {
    const { feeds, hosts } = await get("/api/feeds");
    list.replaceChildren(...feeds.map((one) => feed(desk, one, gone)));
    return hosts;
  };
  const gone = async (one) => {
    try {
      await remove(`/api/feeds/${one.id}`);
      await draw();
      desk.say(`The feed of ${one.outlet} is not followed any more.`);
    } catch (error) {
      desk.fail(error);
    }
  };
  const hosts = await draw();
  const form = h("form", { class: "panel", "aria-label": "Follow a feed" }, field("Outlet", outlet),
    field("Address of its feed", url, hosts.length ? `RSS or Atom, on ${hosts.join(", ")}.` : "The setting follow_hosts names no host, so nothing can be followed yet."),
    h("p", { class: "submit" }, h("button", { type: "submit" }, "Follow")), fault);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    try {
      await post("/api/feeds", { outlet: outlet.value.trim(), url: url.value.trim() });
      form.reset();
      await draw();
      desk.say("It is followed from now on.");
    } catch (error) {
      if (error.status === 401) desk.fail(error);
      fault.textContent = plain(error);
    }
  });
  return h("section", {}, h("h2", { class: "over" }, "Feeds"), list, desk.may("editor") && form);
}

export default async function view(desk, _, asked) {
  const outlets = LEAST.some(([value]) => value === asked.get("outlets")) ? asked.get("outlets") : "2";
  const list = h("ol", { class: "said-list copies" });
  const none = h("p", {}, "Nothing is here yet.");
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const chosen = select(LEAST, outlets, { "aria-label": "Which stories" });
  let next = null;
  const load = async (after = null) => {
    const answer = await get(`/api/stories${query({ outlets, after })}`);
    next = answer.next;
    list.append(...answer.stories.map(row));
    none.hidden = list.children.length > 0;
    more.hidden = !next;
  };
  chosen.addEventListener("change", () => desk.go(`/desk/stories${query({ outlets: chosen.value })}`));
  more.addEventListener("click", () => load(next).catch((error) => desk.fail(error)));
  const [feeds] = await Promise.all([followed(desk), load()]);
  const node = h("div", {}, h("div", { class: "heading" }, h("h1", { tabindex: -1 }, "Stories"), h("p", { class: "field" }, chosen)),
    h("p", { class: "hint" }, "What other outlets report, put together by event as their feeds bring it."), list, none, more, feeds);
  return { title: "Stories", node };
}
