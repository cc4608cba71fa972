// Attributes and text only: nothing a reader writes is ever markup.
let made = 0;

export function h(tag, given, ...children) {
  const element = document.createElement(tag);
  for (const name in given) {
    const value = given[name];
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

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];

export function since(moment, t) {
  const seconds = (Date.now() - Date.parse(moment)) / 1000;
  const [unit, length] = UNITS.find((one) => seconds >= one[1]) ?? [];
  return unit ? new Intl.RelativeTimeFormat(t.tag, { numeric: "auto" }).format(-Math.floor(seconds / length), unit) : t("now");
}

export function time(moment, t) {
  const title = new Date(moment).toLocaleString(t.tag, { dateStyle: "long", timeStyle: "short" });
  return h("time", { datetime: moment, title }, since(moment, t));
}
