// The policy file: read, change with a reason, and every version there ever was.
import { get, put } from "./api.js";
import { field, h, link, table, time } from "./dom.js";
import { plain, when, who } from "./words.js";

/** The line that an error is about, from 1: named, the last one, or where the wrong name stands. */
function lineOf(toml, words) {
  const lines = toml.split("\n");
  const named = Number(/\bline (\d+)/i.exec(words)?.[1]);
  if (named) return named;
  if (/end of document/i.test(words)) return lines.length;
  const name = /(?:named|has) '([^']+)'/.exec(words)?.[1];
  return name ? lines.findIndex((line) => line.includes(name)) + 1 : 0;
}

/** Puts the cursor into a line, so that it can be mended at once. */
function goTo(area, line) {
  const lines = area.value.split("\n");
  const begin = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(begin, begin + (lines[line - 1] ?? "").length);
  area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight));
}

function editor(desk, given, again) {
  const area = h("textarea", { id: "toml", class: "toml", rows: Math.min(28, Math.max(8, given.toml.split("\n").length + 3)), spellcheck: "false", wrap: "off", value: given.toml, autocapitalize: "none" });
  const gutter = h("pre", { class: "gutter", "aria-hidden": "true" });
  const count = () => {
    const lines = area.value.split("\n").length;
    gutter.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", count);
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  count();
  const reason = h("input", { required: true, maxlength: 1000, autocomplete: "off" });
  const fault = h("p", { class: "fault", role: "alert" });
  const button = h("button", { type: "submit" }, "Put it in force");
  const form = h("form", { class: "policy-form" },
    h("label", { for: "toml" }, "Policy file (TOML)"),
    h("p", { class: "hint" }, "Only what differs from the house policy. Example: a table [rules.shouting] with mode = \"off\"."),
    h("div", { class: "code" }, gutter, area), fault,
    field("Reason", reason, "Kept with the version, and shown in its list."),
    h("p", { class: "submit" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    fault.textContent = "";
    try {
      await put("/api/policy", { toml: area.value, reason: reason.value.trim() });
      desk.note("The policy is in force. New comments are judged by it from now on.");
      await again();
    } catch (error) {
      if (error.status === 401) desk.fail(error);
      const line = lineOf(area.value, error.message);
      fault.textContent = `${line ? `Line ${line}. ` : ""}${plain(error)}`;
      if (line) goTo(area, line);
    } finally {
      button.disabled = false;
    }
  });
  return { form, use: (toml) => { area.value = toml; count(); area.focus(); } };
}

function versions(given, use) {
  return h("section", { class: "over" }, h("h2", {}, "Versions"),
    table("Versions of the policy, newest first", ["Version", "Since", "By", "Reason", ""], given.map((one) => [
      h("code", {}, one.version.slice(0, 12)), time(one.at, when(one.at)), who(one.by), one.reason,
      use ? h("button", { type: "button", onclick: () => use(one.toml) }, "Take into the editor") : "",
    ])));
}

export default async function view(desk) {
  const place = h("div", {});
  const draw = async (focus = false) => {
    const [given, known] = await Promise.all([get("/api/policy"), get("/api/policy/versions")]);
    const made = given.by_file ? null : editor(desk, given, () => draw(true));
    place.replaceChildren(...[
      h("h1", { tabindex: -1 }, "Policy"),
      h("p", { class: "hint" }, "In force: version ", h("code", {}, given.version.slice(0, 12)), ". ", link("/policy", "What readers see", { target: "_blank", rel: "noopener" })),
      given.by_file && h("p", { class: "warning" }, "The policy is set by the file that Ombud was started with. Change it there, and start Ombud again."),
      made?.form,
      table("Clauses", ["Clause", "Mode", "Holds from", "Deletes from"], given.clauses.map((one) => [
        one.title, one.mode, one.hold ?? "never", one.delete ?? "never"])),
      versions(known.versions, made?.use),
    ].filter(Boolean));
    if (focus) place.querySelector("h1").focus();
  };
  await draw();
  return { title: "Policy", node: place };
}
