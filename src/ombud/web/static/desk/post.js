// The post: mails that are no report, and what readers wrote after they were answered.
import { get, post, query } from "./api.js";
import { askWords } from "./dialogs.js";
import { h, link, select, time } from "./dom.js";
import { count, plain, short, when } from "./words.js";

const SETTLED = { read: "Read", not_ours: "Not for us" };
const [PAGE, MOMENT] = [50, 400];

const [LETTERS, FILES] = [1200, 5];

function size(bytes) {
  if (bytes < 1000) return count(bytes, "byte");
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What came with a mail: its name, type and size; what lies about its type says so. */
export function files({ attachments }) {
  if (!attachments.length) return null;
  const rows = attachments.map((one) => h("li", {}, `${short(one.name, 120)}, ${one.claimed}, ${size(one.size)}`, one.lies && h("strong", { class: "fault" }, ` – it is ${one.real} in truth`)));
  const listed = (some, label) => h("ul", { class: "reasons", "aria-label": label }, some);
  return [h("p", { class: "hint" }, `${count(rows.length, "attachment")}, which ${rows.length === 1 ? "was" : "were"} not kept:`), listed(rows.slice(0, FILES), "Attachments"),
    rows.length > FILES && h("details", {}, h("summary", {}, `${rows.length - FILES} more`), listed(rows.slice(FILES), "More attachments"))];
}

/** A long text by its beginning; all of it is a press away, and only then drawn. */
function folded(text) {
  const letters = Array.from(text);
  if (letters.length < 2 * LETTERS) return h("p", { class: "said whole", dir: "auto" }, text);
  const said = h("p", { class: "said whole", dir: "auto" }, `${letters.slice(0, LETTERS).join("")}…`);
  const all = h("button", { type: "button", class: "plain", "aria-expanded": "false" }, `Show all ${letters.length.toLocaleString("en-GB")} letters`);
  all.addEventListener("click", () => {
    const opens = all.ariaExpanded === "false";
    all.ariaExpanded = String(opens);
    all.textContent = opens ? "Show less" : `Show all ${letters.length.toLocaleString("en-GB")} letters`;
    said.textContent = opens ? text : `${letters.slice(0, LETTERS).join("")}…`;
  });
  return [said, all];
}

/** A mail as text: what it says is never drawn as anything else. */
export function letter(mail) {
  return [
    h("p", { class: "hint" }, h("bdi", {}, short(mail.name || mail.sender || "Somebody", 80)), mail.name && mail.sender && [" (", h("bdi", {}, mail.sender), ")"], " · ", time(mail.at, when(mail.at)),
      mail.origin && mail.origin !== "person" && " · written by a program or to a list"),
    folded(mail.text || (mail.subject === null ? "The text was erased." : "It says nothing.")),
    files(mail),
  ];
}

export default async function view(desk, _, asked) {
  const settled = asked.get("settled") === "true";
  const sought = asked.get("q") ?? "";
  const list = h("ol", { class: "said-list campaigns" });
  const none = h("p", {}, sought ? "No mail has these words in its sender or subject." : "Nothing is here.");
  const more = h("button", { type: "button", hidden: true }, "Show more");
  const waits = h("p", { class: "hint", role: "status" });
  const chosen = select([["", "To be read"], ["true", "Settled"]], settled ? "true" : "", { "aria-label": "Which" });
  const find = h("input", { type: "search", value: sought, maxlength: 200, "aria-label": "Sender or subject", placeholder: "Sender or subject" });
  let [items, next, current, last, wait, asking] = [[], null, null, null, 0, 0];
  const button = (words, press, key = "") => h("button", { type: "button", onclick: press }, key && [h("kbd", { "aria-hidden": "true" }, key), " "], words);
  const mail = () => items.find(({ id }) => id === current);
  const row = (one) => h("li", { class: one.settled ? "approved" : "held", "aria-current": one.id === current ? "true" : null, "data-mail": one.id, onclick: () => choose(one.id) },
    h("h2", { dir: "auto" }, short(one.subject ?? "", 120) || "No subject"),
    one.report && h("p", {}, h("strong", {}, "An answer to "), link(`/desk/reports/${one.report}`, `report ${one.report}`), h("strong", {}, ", which was answered before")),
    one.report && one.reportable && h("p", { class: "hint" }, "No address of that report's reader is kept: somebody else may have written this. Nobody is answered unless you make a report of it."),
    letter(one),
    one.settled && h("p", { class: "hint" }, `${SETTLED[one.settled]}, says ${one.by}${one.why ? `: ${one.why}` : ""} · `, time(one.settled_at, when(one.settled_at))),
    h("p", { class: "deeds" }, one.settled ? button("Take that back", () => back(one), "u") : [
      one.reportable && button("Make a report of it", () => report(one), "r"), button("Read", () => settle(one, "read"), "m"), button("Not for us…", () => refuse(one), "n")]));
  const draw = () => {
    if (!mail()) current = items[0]?.id ?? null;
    list.replaceChildren(...items.map(row));
    none.hidden = items.length > 0;
    more.hidden = !next;
  };
  const choose = (id) => {
    if (id === current) return;
    current = id;
    for (const one of list.children) {
      if (Number(one.dataset.mail) === current) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  };
  const load = async (after = null) => {
    const answer = await get(`/api/post${query({ q: sought, settled: settled || null, after })}`);
    items = after ? [...items, ...answer.mails] : answer.mails;
    next = answer.next;
    waits.textContent = answer.waiting ? `${count(answer.waiting, "mail")} to be read` : "Everything was read.";
    draw();
  };
  const act = async (one, deed) => {
    asking += 1;
    try {
      const at = items.indexOf(one);
      const words = await deed();
      current = items[at + 1]?.id ?? items[at - 1]?.id ?? null;
      await load();
      list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
      desk.note(words);
    } catch (error) {
      if (error.status !== 409) desk.fail(error);
      else await load().then(() => desk.note(plain(error), { fault: true }), (lost) => desk.fail(lost));
    } finally {
      asking -= 1;
    }
  };
  const settle = (one, how, why = "") => act(one, async () => {
    await post(`/api/post/${one.id}/settled`, { settled: how, why });
    last = one.id;
    return `${SETTLED[how]}. Press u to take it back.`;
  });
  const refuse = async (one) => {
    const why = await askWords("Not for us", { label: "Why", deed: "Keep" });
    if (why) await settle(one, "not_ours", why);
  };
  const back = (one) => act(one, async () => {
    await post(`/api/post/${one.id}/settled`, { settled: null });
    last = null;
    return "Taken back.";
  });
  const report = (one) => act(one, async () => `It is report ${(await post(`/api/post/${one.id}/report`, {})).report} now.`);
  const step = (by) => {
    const at = items.findIndex(({ id }) => id === current) + by;
    if (!items[at]) return desk.say(by > 0 ? "This is the last one." : "This is the first one.");
    choose(items[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
    return desk.say(`${items[at].subject || "No subject"}: ${short(items[at].text ?? "")}`);
  };
  const go = () => desk.go(`/desk/post${query({ q: find.value.trim(), settled: chosen.value })}`);
  chosen.addEventListener("change", go);
  more.addEventListener("click", () => load(next).catch((error) => desk.fail(error)));
  const on = (deed) => () => mail() && !mail().settled && deed(mail());
  const one = (words, press, again = false) => ({ words, press, again });
  const unbind = desk.keys.bind([
    ["j", one("Next mail", () => step(1), true)], ["k", one("Previous mail", () => step(-1), true)],
    ["r", one("Make a report of it", on((it) => it.reportable && report(it)))],
    ["m", one("It was read", on((it) => settle(it, "read")))],
    ["n", one("It is not for us", on(refuse))],
    ["u", one("Take the last word back", () => (last ? back({ id: last }) : mail()?.settled && back(mail())))],
    ["/", one("Search", () => find.focus())],
  ]);
  await load();
  // What has been read on does not move; a first page is drawn anew.
  const heard = () => {
    clearTimeout(wait);
    wait = setTimeout(() => !asking && items.length <= PAGE && load().catch((error) => desk.fail(error)), MOMENT);
  };
  const names = ["mail", "report", "gap"];
  for (const name of names) desk.live.addEventListener(name, heard);
  const leave = () => {
    unbind();
    clearTimeout(wait);
    for (const name of names) desk.live.removeEventListener(name, heard);
  };
  const form = h("form", { class: "field", role: "search" }, find, button("Search", go), chosen);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  const node = h("div", {}, h("p", { class: "hint" }, link("/desk/reports", "Corrections"), " ›"),
    h("div", { class: "heading" }, h("h1", { tabindex: -1 }, "Post"), form),
    h("p", { class: "hint" }, "Mails to the corrections desk that report no error, and what readers wrote after they were answered."),
    waits, list, none, more);
  return { title: "Post", node, leave };
}
