// Settings of the outlets: name, how comments are moderated, where the widget may stand.
import { get, patch } from "./api.js";
import { field, h, select } from "./dom.js";
import { MODES, plain } from "./words.js";

function form(desk, outlet) {
  const name = h("input", { value: outlet.name, required: true, maxlength: 200 });
  const mode = select(Object.entries(MODES), outlet.mode);
  const origins = h("textarea", { rows: 3, value: outlet.origins.join("\n"), spellcheck: "false" });
  const trust = h("input", { type: "number", min: 0, max: 1000, value: outlet.trust_after, required: true });
  const terms = h("input", { value: outlet.terms_url, required: true, maxlength: 2000, inputmode: "url" });
  const version = h("input", { value: outlet.terms_version, required: true, maxlength: 64 });
  const reason = h("input", { required: true, maxlength: 1000, autocomplete: "off" });
  const said = h("p", { role: "status", class: "hint" });
  const fault = h("p", { role: "alert", class: "fault" });
  const made = h("form", { class: "panel", "aria-label": outlet.name },
    h("h2", {}, outlet.name), h("p", { class: "hint" }, "Id ", h("code", {}, outlet.id)),
    field("Name", name), field("Moderation", mode),
    field("Where its pages are", origins, "One address a line, such as https://paper.example. The widget works there only."),
    field("A reader is new until so many comments were approved", trust, "Comments of new readers always wait for a moderator."),
    field("Address of the terms", terms), field("Version of the terms", version, "Readers accept a new version before their next comment."),
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
        reason: reason.value.trim(),
      });
      reason.value = "";
      Object.assign(outlet, kept);
      made.querySelector("h2").textContent = kept.name;
      said.textContent = "Kept.";
    } catch (error) {
      if (error.status === 401) desk.fail(error);
      fault.textContent = plain(error);
    }
  });
  return made;
}

export default async function view(desk) {
  const { outlets } = await get("/api/outlets");
  const node = h("div", {}, h("h1", { tabindex: -1 }, "Outlets"),
    outlets.length ? outlets.map((outlet) => form(desk, outlet))
      : h("p", {}, "There is no outlet yet. The first article that is entered opens its outlet."));
  return { title: "Outlets", node };
}
