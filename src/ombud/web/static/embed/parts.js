// What the page is made of: attributes and text only, so nothing a reader writes is ever markup.
let made = 0;

export function h(tag, given, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child != null && child !== false));
  return element;
}

export const button = (words, onclick, given) => h("button", { type: "button", onclick, ...given }, words);

export function field(words, control, hint) {
  control.id = `f${(made += 1)}`;
  return h("p", { class: "field" }, h("label", { for: control.id }, words, hint && h("span", { class: "hint" }, " ", hint)), control);
}

export function sheet({ t, send, close, words }, ...children) {
  const submit = h("button", { class: "main" }, words);
  const fault = h("p", { class: "fault", role: "alert" });
  const onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  const onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onsubmit(event);
    if (event.key === "Escape") close?.();
  };
  const row = h("p", { class: "row" }, submit, close && button(t("close"), close));
  const form = h("form", { novalidate: "", onsubmit, onkeydown }, ...children, fault, row);
  return { form, submit, fault };
}

const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

export function since(moment, t) {
  const seconds = (Date.now() - Date.parse(moment)) / 1000;
  const [unit, length] = UNITS.find((one) => seconds >= one[1]) ?? [];
  return unit ? new Intl.RelativeTimeFormat(t.tag, { numeric: "auto" }).format(-Math.floor(seconds / length), unit) : t("now");
}

export function time(moment, t) {
  const title = new Intl.DateTimeFormat(t.tag, { dateStyle: "long", timeStyle: "short" }).format(new Date(moment));
  return h("time", { datetime: moment, title }, since(moment, t));
}

// A text as the policy sees it: characters marked, each clause quoted once.
export function explained(text, findings = []) {
  // Offsets count code points.  All marked would say nothing.
  const characters = Array.from(text);
  const placed = findings.filter(({ begin, end }) => end > begin && end - begin < characters.length);
  const edges = [...new Set([0, characters.length, ...placed.flatMap(({ begin, end }) => [begin, end])])].sort((a, b) => a - b);
  const pieces = edges.slice(1).map((end, i) => {
    const piece = characters.slice(edges[i], end).join("");
    return placed.some((one) => one.begin <= edges[i] && end <= one.end) ? h("mark", null, piece) : piece;
  });
  const rules = new Map(findings.map((one) => [one.rule, one]));
  const clauses = [...rules.values()].map(({ rule, title, clause }) => {
    const whys = new Set(findings.map((one) => one.rule === rule && one.why));
    return h("li", null, h("b", null, title), clause && h("q", null, clause), ...[...whys].map((why) => why && h("span", null, why)));
  });
  return [h("blockquote", { class: "text", dir: "auto" }, pieces), h("ul", { class: "clauses" }, clauses)];
}
