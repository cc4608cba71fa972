// The discussion: a tree where each comment is at most once, whichever way it came.
import { button, field, h, sheet, time } from "./parts.js";
import { Writing } from "./writing.js";

const DEEPEST = 10;
const LONG = 1_500;

// What is wrong with somebody's comment, by clause, and a note.
function report({ t, server, say }, { id }, close) {
  const reasons = Object.entries(t.list("reasons")).map(([value, words]) => h("option", { value }, words));
  const reason = h("select", null, h("option", { value: "" }, t("choose")), reasons);
  const note = h("textarea", { rows: 2, dir: "auto", maxlength: 2000 });
  const { form, submit, fault } = sheet({ t, send, close, words: t("report") }, field(t("reason"), reason), field(t("note"), note, t("optional")));
  async function send() {
    if (!reason.value) {
      fault.textContent = t("lackReason");
      return reason.focus();
    }
    submit.disabled = true;
    try {
      const clause = reason.value === "else" ? null : reason.value;
      await server.send(`api/comments/${id}/flags`, { clause, note: note.value.trim() || null });
      const thanks = h("p", { class: "hint", tabindex: -1 }, t("reported"));
      form.replaceWith(thanks);
      thanks.focus();
      say(t("reported"));
    } catch ({ message }) {
      fault.textContent = message;
    }
    return (submit.disabled = false);
  }
  form.className = "open";
  return form;
}

// A place below a comment where a form opens, and closes again to where the reader came from.
function opener(slot, make) {
  return (from) => {
    const close = () => {
      slot.replaceChildren();
      from?.focus();
    };
    if (!slot.firstChild) slot.append(make(close));
    if (from) slot.querySelector("textarea, select")?.focus();
  };
}

function draw(here, comment, above) {
  const { t, article, server } = here;
  const { id, text, picked, removed, depth } = comment;
  const name = comment.author?.name;
  const to = above?.author?.name;
  const called = removed ? t("removed") : t(to ? "replyBy" : "by", { name, to });
  const block = h("article", { tabindex: -1, "aria-label": called, class: picked && "picked" });
  if (removed) {
    block.append(h("p", { class: "removed" }, called));
    return block;
  }
  const [answers, flags] = [h("div", { class: "slot" }), h("div", { class: "slot" })];
  const answer = opener(answers, (close) => {
    const sent = (got) => answers.replaceChildren(got);
    return new Writing(here, { place: id, parent: id, title: t("replyTo", { name }), close, sent }).form;
  });
  const flag = opener(flags, (close) => report(here, comment, close));
  const words = h("div", { class: text.length > LONG ? "text long" : "text", dir: "auto" }, text);
  const whole = text.length > LONG && button(t("whole"), () => {
    words.classList.remove("long");
    whole.remove();
    block.focus();
  }, { class: "plain" });
  const act = (key, called, does) => button(t(key), ({ target }) => does(target), { class: "plain", "aria-label": t(called, { name }) });
  block.append(
    h(
      "header",
      null,
      h("b", { dir: "auto" }, name),
      comment.author.staff && h("span", { class: "badge staff" }, t("staff")),
      picked && h("span", { class: "badge pick" }, t("pick")),
      depth > 1 && to && h("span", { class: "hint" }, t("to", { name: to })),
      // The whole address: a page with a <base> would be left by the fragment alone.
      h("a", { class: "hint", href: `${location.href.split("#")[0]}#ombud-${id}` }, time(comment.created_at, t)),
    ),
    words,
    whole || "",
    h("footer", null, article.open && depth < DEEPEST && act("reply", "replyTo", answer), act("report", "reportBy", flag)),
    answers,
    flags,
  );
  // An answer that was begun before the page was loaded anew.
  if (article.open && server.memory.recall(`draft ${article.id} ${id}`)?.text) answer();
  return block;
}

export class Thread {
  // By id: the comment, its item with the list of its answers, and its article.
  #nodes = new Map();
  // Withdrawn while an older answer of the server that still has them may be on its way.
  gone = new Set();

  constructor(here, sort) {
    Object.assign(this, { here, sort, list: h("ol", { class: "thread" }) });
  }

  get size() {
    return this.#nodes.size;
  }

  find(id) {
    return this.#nodes.get(id)?.block;
  }

  // A page of the server: roots with their first answers.  Returns the new articles.
  takeAll(roots) {
    const fresh = [];
    for (const root of roots) {
      for (const one of [root, ...(root.replies ?? [])]) fresh.push(this.take(one));
      this.#offer(this.#nodes.get(root.id), root.replies_next);
    }
    return fresh.filter(Boolean);
  }

  // Returns the new article, or nothing where the comment is here already or has no place here.
  take(comment) {
    const { id, root, removed } = comment;
    const known = this.#nodes.get(id);
    if (known && (known.comment.removed !== removed)) this.#redraw(known, comment);
    if (known || (this.gone.has(id) && !removed)) return null;
    // Picks stand alone.
    const parent = this.sort === "picks" ? null : comment.parent;
    const first = this.#nodes.get(root);
    // A parent that is not here comes with the next answers, and this one with it; or it was taken away.
    const above = this.#nodes.get(parent) ?? (first?.more ? null : first);
    if (parent !== null && !above) return null;
    const block = draw(this.here, comment, this.#nodes.get(comment.parent)?.comment);
    const replies = h("ol");
    const item = h("li", { class: comment.depth > 3 && "deep" }, block, replies);
    this.#nodes.set(id, { comment, block, item, replies });
    item.number = id;
    const siblings = parent === null ? this.list : above.replies;
    const rising = parent !== null || this.sort === "oldest";
    siblings.insertBefore(item, [...siblings.children].find((one) => one.number > id === rising));
    return block;
  }

  withdraw(id) {
    this.gone.add(id);
    const node = this.#nodes.get(id);
    if (!node) return;
    // It stays as a gap while there are answers, and while somebody is writing one.
    if (this.#needed(node)) this.#redraw(node, { ...node.comment, removed: true });
    else this.#remove(node);
  }

  #needed({ replies, more, block }) {
    return replies.firstChild || more || block.querySelector("form");
  }

  #redraw(node, comment) {
    const block = draw(this.here, comment, this.#nodes.get(comment.parent)?.comment);
    const form = node.block.querySelector("form");
    const focused = form?.getRootNode().activeElement;
    if (form && comment.removed) block.append(form);
    node.block.replaceWith(block);
    Object.assign(node, { comment, block });
    focused?.focus({ preventScroll: true });
  }

  #remove({ item, comment }) {
    const near = item.previousElementSibling ?? item.nextElementSibling ?? item.parentNode.closest("li");
    if (item.contains(item.getRootNode().activeElement)) near?.firstChild.focus({ preventScroll: true });
    item.remove();
    this.#nodes.delete(comment.id);
    // The last answer of a gap takes the gap with it.
    const above = this.#nodes.get(comment.parent);
    if (above?.comment.removed && !this.#needed(above)) this.#remove(above);
  }

  #offer(node, next) {
    if (!node) return;
    node.more?.remove();
    node.more = next && button(this.here.t("moreReplies"), () => this.#load(node, next), { class: "more" });
    if (next) node.item.append(node.more);
  }

  async #load(node, after) {
    const { server, say } = this.here;
    try {
      const { comments, next } = await server.read("api/comments", { root: node.comment.id, after });
      const fresh = comments.map((one) => this.take(one)).find(Boolean);
      this.#offer(node, next);
      fresh?.focus();
    } catch ({ message }) {
      say(message, true);
    }
  }
}
