// Settings of the outlets: name, how comments are moderated, where the widget may stand.
import { get, patch, post } from "./api.js";
import { field, h, select } from "./dom.js";
import { count, MODES, plain, when } from "./words.js";

function form(desk, outlet) {
  const name = h("input", { value: outlet.name, required: true, maxlength: 200 });
  const mode = select(Object.entries(MODES), outlet.mode);
  const origins = h("textarea", { rows: 3, value: outlet.origins.join("\n"), spellcheck: "false" });
  const trust = h("input", { type: "number", min: 0, max: 1000, value: outlet.trust_after, required: true });
  const terms = h("input", { value: outlet.terms_url, required: true, maxlength: 2000, inputmode: "url" });
  const version = h("input", { value: outlet.terms_version, required: true, maxlength: 64 });
  const days = (value) => h("input", { type: "number", min: 1, max: 365, value, required: true });
  const [acknowledge, answer] = [days(outlet.acknowledge_days), days(outlet.answer_days)];
  const two = h("input", { type: "checkbox", checked: outlet.two_editors, id: `two-${outlet.id}` });
  const hook = h("input", { value: outlet.webhook_url, maxlength: 2000, inputmode: "url", autocomplete: "off", spellcheck: "false" });
  const secret = h("input", { minlength: 16, maxlength: 200, autocomplete: "off", spellcheck: "false" });
  const notices = h("div", {});
  const reason = h("input", { required: true, maxlength: 1000, autocomplete: "off" });
  const said = h("p", { role: "status", class: "hint" });
  const fault = h("p", { role: "alert", class: "fault" });
  const made = h("form", { class: "panel", "aria-label": outlet.name },
    h("h2", {}, outlet.name), h("p", { class: "hint" }, "Id ", h("code", {}, outlet.id)),
    field("Name", name), field("Moderation", mode),
    field("Where its pages are", origins, "One address a line, such as https://paper.example. The widget works there only."),
    field("A reader is new until so many comments were approved", trust, "Comments of new readers always wait for a moderator."),
    field("Address of the terms", terms), field("Version of the terms", version, "Readers accept a new version before their next comment."),
    field("Days until a report of an error is taken up", acknowledge), field("Days until it is answered", answer, "Later than that, it is overdue."),
    h("p", { class: "check" }, two, h("label", { for: two.id }, "Two editors close an assertion, and publish about it")),
    field("Where your own system is told what is published", hook, "An address that takes a signed POST, such as https://cms.example/ombud; empty for none."),
    field("Secret that signs it", secret, "16 characters or more; it is never shown again. Empty leaves it as it is."), notices,
    field("Reason", reason, "Why it changes; kept in the log with your name."),
    h("p", { class: "submit" }, h("button", { type: "submit" }, "Keep")), said, fault);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    fault.textContent = "";
    try {
      const kept = await patch(`/api/outlets/${outlet.id}`, {
        name: name.value.trim(), mode: mode.value, trust_after: Number(trust.value), terms_url: terms.value.trim(), terms_version: version.value.trim(),
        origins: origins.value.split("\n").map((line) => line.trim()).filter(Boolean),
        acknowledge_days: Number(acknowledge.value), answer_days: Number(answer.value), two_editors: two.checked,
        webhook_url: hook.value.trim(), ...(secret.value && { webhook_secret: secret.value }),
        reason: reason.value.trim(),
      });
      secret.value = "";
      reason.value = "";
      Object.assign(outlet, kept);
      made.querySelector("h2").textContent = kept.name;
      said.textContent = "Kept.";
    } catch (error) {
      if (error.status === 401) desk.fail(error);
      fault.textContent = plain(error);
    }
  });
  told(desk, outlet, notices);
  return made;
}

/** What the outlet's own system has not taken yet; it is tried again until it is. */
async function told(desk, { id }, place) {
  const { notices } = await get(`/api/outlets/${id}/notices`).catch(() => ({ notices: [] }));
  const waiting = notices.filter((one) => !one.delivered_at);
  const again = async (one) => {
    try {
      await post(`/api/outlets/${id}/notices/${one.id}/again`);
      desk.say("It is sent again.");
    } catch (error) {
      desk.fail(error);
    }
  };
  place.replaceChildren(...(waiting.length ? [h("p", { class: "fault" }, `${count(waiting.length, "notice")} your system has not taken yet:`),
    h("ul", { class: "reasons" }, waiting.map((one) => h("li", {}, `Correction ${one.correction}, ${count(one.attempts, "attempt")}`,
      one.failure ? `: ${one.failure}` : "", one.next_at ? `, again ${when(one.next_at)} ` : " ",
      h("button", { type: "button", class: "plain", onclick: () => again(one) }, "Send now"))))]
    : notices.length ? [h("p", { class: "hint" }, `Your system took the last notice ${when(notices[0].delivered_at)}.`)] : []));
}

export default async function view(desk) {
  const { outlets } = await get("/api/outlets");
  const node = h("div", {}, h("h1", { tabindex: -1 }, "Outlets"),
    outlets.length ? outlets.map((outlet) => form(desk, outlet))
      : h("p", {}, "There is no outlet yet. The first article that is entered opens its outlet."));
  return { title: "Outlets", node };
}
