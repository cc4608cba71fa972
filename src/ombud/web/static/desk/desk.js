// The desk opens: who is there, what the address asks for, and what all views share.
import { get, remove } from "./api.js";
import { Claims } from "./claims.js";
import { clauses, follow } from "./clauses.js";
import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { Items } from "./items.js";
import { Keys } from "./keys.js";
import { Live } from "./live.js";
import { note, say } from "./notes.js";
import { Rulings } from "./rulings.js";
import { signIn, whoami } from "./session.js";
import { help, top } from "./top.js";
import { plain } from "./words.js";

const main = document.getElementById("main");
const VIEWS = [
  [/^\/desk\/?$/, () => import("./queue.js")],
  [/^\/desk\/comments\/(\d+)$/, () => import("./comment.js")],
  [/^\/desk\/comments\/(\d+)\/excerpt$/, () => import("./excerpt.js")],
  [/^\/desk\/articles\/(\d+)$/, () => import("./article.js")],
  [/^\/desk\/readers\/(\d+)$/, () => import("./reader.js")],
  [/^\/desk\/dashboard$/, () => import("./dashboard.js")],
  [/^\/desk\/campaigns$/, () => import("./campaigns.js")],
  [/^\/desk\/campaigns\/(\d+)$/, () => import("./campaign.js")],
  [/^\/desk\/reports$/, () => import("./reports.js")],
  [/^\/desk\/reports\/(\d+)$/, () => import("./report.js")],
  [/^\/desk\/post$/, () => import("./post.js")],
  [/^\/desk\/stories$/, () => import("./stories.js")],
  [/^\/desk\/stories\/(\d+)$/, () => import("./story.js")],
  [/^\/desk\/reviews$/, () => import("./reviews.js")],
  [/^\/desk\/picks$/, () => import("./picks.js")],
  [/^\/desk\/policy$/, () => import("./policy.js")],
  [/^\/desk\/outlets$/, () => import("./outlets.js")],
];

/** What every view is given. */
const desk = {
  clauses, me: null, keys: new Keys(), items: new Items(), live: new Live("/api/events?queue=1"),
  claims: new Claims(), rulings: null, go, note, say, fail,
  title: (rule) => clauses.find((one) => one.rule === rule)?.title ?? rule,
  may: (role) => ["moderator", "editor", "admin"].indexOf(desk.me.role) >= ["moderator", "editor", "admin"].indexOf(role),
};
let view = null;
let turn = 0;

/** Shows what went wrong; whoever is no longer signed in may sign in again, and goes on. */
function fail(error) {
  if (error.name === "AbortError") return;
  if (error.status === 401) signInAgain();
  else note(plain(error), { fault: true });
}

/** Goes to an address of the desk. */
function go(address, { replace = false } = {}) {
  if (address !== location.pathname + location.search) {
    history[replace ? "replaceState" : "pushState"](null, "", address);
  }
  return show();
}

async function show() {
  const now = (turn += 1);
  const found = VIEWS.map(([pattern, load]) => [pattern.exec(location.pathname), load]).find(([match]) => match);
  const [match, load] = found ?? [null, null];
  if (view?.renew && view.load === load) {
    view.renew(new URLSearchParams(location.search));
    return;
  }
  try {
    const { default: open } = await load();
    const opened = await open(desk, match, new URLSearchParams(location.search));
    if (now !== turn) {
      opened.leave?.();
      return;
    }
    view?.leave?.();
    view = { ...opened, load };
    document.title = `${opened.title} – Ombud desk`;
    main.className = opened.className ?? "page";
    main.replaceChildren(opened.node);
    if (now > 1) scrollTo(0, 0);
    opened.shown?.();
    top(desk);
    if (now > 1) (main.querySelector("h1") ?? main).focus({ preventScroll: true });
  } catch (error) {
    if (now !== turn || error.name === "AbortError") return;
    if (error.status === 401) signInAgain();
    else unable(error);
  }
}

function unable(error) {
  view?.leave?.();
  view = null;
  main.className = "page";
  main.replaceChildren(
    h("h1", { tabindex: -1 }, "This cannot be shown"),
    h("p", { class: "fault", role: "alert" }, error.code ? plain(error) : "Something in this page went wrong. Load it again."),
    h("p", {}, h("button", { type: "button", onclick: show }, "Try again")),
  );
  main.querySelector("h1").focus();
  if (!error.code) throw error;
}

/** What is overdue, and how much of the post nobody has read, is said on every page. */
async function late() {
  const { overdue, post } = await get("/api/reports?limit=1").catch(() => desk);
  Object.assign(desk, { overdue, post });
  top(desk);
}

async function enter(me) {
  desk.me = me;
  desk.outlets = (await get("/api/outlets").catch(() => ({ outlets: [] }))).outlets;
  desk.rulings = new Rulings(me.name, desk.items);
  desk.rulings.addEventListener("change", () => {
    top(desk);
    if (desk.rulings.outbox.trouble?.status === 401) signInAgain();
  });
  desk.live.addEventListener("state", () => top(desk));
  for (const name of ["report", "mail"]) desk.live.addEventListener(name, late);
  setInterval(late, 600_000);
  late();
  desk.live.open();
  desk.rulings.outbox.wake();
  top(desk);
  show();
}

function welcome() {
  main.className = "page";
  main.replaceChildren(h("div", { class: "door" },
    h("h1", { tabindex: -1 }, "The comments desk"),
    h("p", { class: "hint" }, "For moderators and editors of this newsroom."),
    signIn(enter)));
  main.querySelector("input").focus();
}

async function signInAgain() {
  if (document.querySelector("dialog.again")) return;
  const waits = desk.rulings.outbox.entries.length;
  const words = waits ? "Your sign-in has ended. Nothing is lost: your rulings go out once you are back." : "Your sign-in has ended.";
  const me = await dialog("Sign in again", (close) => [h("p", {}, words), signIn(close, desk.me.name)], { class: "again" });
  if (!me) return;
  if (me.name !== desk.me.name || me.role !== desk.me.role) location.reload();
  desk.live.open();
  desk.rulings.outbox.wake();
  if (!view) show();
}

desk.leave = async () => {
  const waits = desk.rulings.outbox.entries.length;
  if (waits) {
    note("Some of your rulings are still on their way. Sign out once they have arrived.", { fault: true });
    return;
  }
  try {
    desk.claims.leave();
    await remove("/api/session");
    location.assign("/desk");
  } catch (error) {
    fail(error);
  }
};

document.addEventListener("click", (event) => {
  const to = event.target.closest?.("a[href^='/desk']");
  if (!to || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || to.target) return;
  event.preventDefault();
  go(to.getAttribute("href"));
});
addEventListener("popstate", show);
addEventListener("beforeunload", (event) => {
  if (desk.rulings?.outbox.entries.length) event.preventDefault();
});
follow(desk);
desk.keys.bind([["?", { words: "This help", press: () => help(desk) }]]);

try {
  const me = await whoami();
  if (me) await enter(me);
  else welcome();
} catch (error) {
  unable(error);
}
