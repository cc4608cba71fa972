// The line at the top: where one is, who one is, and whether all is heard and sent.
import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { count } from "./words.js";

const PLACES = [
  ["/desk", "Queue", "moderator"],
  ["/desk/campaigns", "Campaigns", "moderator"],
  ["/desk/reports", "Corrections", "moderator"],
  ["/desk/stories", "Stories", "moderator"],
  ["/desk/reviews", "Second reviews", "moderator"],
  ["/desk/dashboard", "Dashboard", "moderator"],
  ["/desk/picks", "Picks", "editor"],
  ["/desk/policy", "Policy", "editor"],
  ["/desk/outlets", "Outlets", "editor"],
];
const LIVE = {
  live: "Live",
  waiting: "Not live; trying again",
  off: "Not live",
};
let made = null;

function build(desk) {
  const nav = h("nav", { "aria-label": "Desk" }, PLACES.filter(([, , role]) => desk.may(role)).map(
    ([href, words]) => h("a", { href }, words)));
  const sending = h("span", { class: "sending", role: "status" });
  const live = h("span", { class: "live" });
  const place = document.getElementById("top");
  place.replaceChildren(
    h("a", { class: "brand", href: "/desk" }, "Ombud"), nav,
    h("div", { class: "self" }, sending, live,
      h("span", { class: "me" }, h("strong", {}, desk.me.name), ` ${desk.me.role}`),
      h("button", { type: "button", class: "plain", onclick: () => desk.leave() }, "Sign out"),
      h("button", { type: "button", class: "ask", "aria-label": "Keys and help", onclick: () => help(desk) }, "?")),
  );
  return { nav, sending, live };
}

/** Draws the line anew where something changed; what has the focus stays. */
export function top(desk) {
  made ??= build(desk);
  for (const one of made.nav.children) {
    const here = one.getAttribute("href") === location.pathname;
    if (here) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  const { entries, trouble } = desk.rulings.outbox;
  const waits = entries.length ? `${count(entries.length, "ruling")} on ${entries.length === 1 ? "its" : "their"} way` : "";
  const words = waits && trouble ? `${waits}; kept here until the server answers` : waits;
  if (made.sending.textContent !== words) made.sending.textContent = words;
  made.sending.classList.toggle("trouble", Boolean(waits && trouble));
  const link = made.nav.querySelector("[href='/desk/reports']");
  link.replaceChildren("Corrections", desk.overdue ? h("strong", { class: "late" }, ` ${desk.overdue} overdue`) : "", desk.post ? h("small", {}, ` ${count(desk.post, "mail")}`) : "");
  made.live.textContent = LIVE[desk.live.state];
  made.live.dataset.state = desk.live.state;
}

/** Shows all keys, and lets them be switched off. */
export function help(desk) {
  dialog("Keys", (close) => {
    const on = h("input", { type: "checkbox", id: "keys-on", checked: desk.keys.on });
    on.addEventListener("change", () => { desk.keys.on = on.checked; });
    const shown = [...desk.keys.bound].sort(([a], [b]) => (a === "?") - (b === "?"));
    return [
      h("dl", { class: "keys" }, shown.map(([key, { words }]) =>
        h("div", {}, h("dt", {}, h("kbd", {}, key === "Escape" ? "Esc" : key)), h("dd", {}, words)))),
      h("p", { class: "check" }, on, h("label", { for: "keys-on" }, "Use single keys")),
      h("p", { class: "hint" }, "Keys do nothing while you type, and a key held down counts once. Everything can be done with the buttons as well."),
      h("p", { class: "submit" }, h("button", { type: "submit", autofocus: true, onclick: () => close() }, "Close")),
    ];
  });
}
