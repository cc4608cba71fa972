// Makes elements.  What readers wrote goes in as text, never as markup.
const SPACE = "http://www.w3.org/2000/svg";

function fill(made, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.setAttribute("class", value);
    else if (name === "value" || name === "checked" || name === "selected") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return made;
}

export function h(tag, given = {}, ...children) {
  return fill(document.createElement(tag), given, children);
}

export function svg(tag, given = {}, ...children) {
  return fill(document.createElementNS(SPACE, tag), given, children);
}

/** A link within the desk, or to a page of the paper; anything else stays text. */
export function link(href, words, given = {}) {
  const safe = /^(https?:\/\/|\/)/.test(href ?? "");
  return safe ? h("a", { href, ...given }, words) : h("span", given, words);
}

export function time(moment, words) {
  return h("time", { datetime: moment, title: new Date(moment).toLocaleString("en-GB") }, words);
}

/** A field with its label, and a word of explanation that screen readers read with it. */
export function field(label, control, hint = "") {
  const id = control.id || `f${(field.made = (field.made ?? 0) + 1)}`;
  control.id = id;
  const note = hint && h("span", { class: "hint", id: `${id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("p", { class: "field" }, h("label", { for: id }, label), control, note);
}

export function select(options, chosen, given = {}) {
  const made = h("select", given);
  for (const [value, words] of options) made.append(h("option", { value }, words));
  made.value = chosen ?? "";
  return made;
}

/** A table that can be read aloud: a caption, heads, and rows whose first cell is their head. */
export function table(caption, heads, rows, given = {}) {
  const cell = (value, index) =>
    index ? h("td", { class: typeof value === "number" ? "n" : null }, typeof value === "number" ? value.toLocaleString("en-GB") : value)
      : h("th", { scope: "row" }, value);
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": caption },
    h("table", given, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td"))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell))))));
}
