// The tree of comments: each is there at most once.
import { button, h, time } from "./parts.js";
import { Writing } from "./writing.js";

const DEEPEST = 10;

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
  const { id, author, removed, depth } = comment;
  const name = author?.name;
  const to = above?.author?.name;
  const called = t(removed ? "removed" : to ? "replyBy" : "by", { name, to });
  const block = h("article", { tabindex: -1, "aria-label": called });
  if (removed) {
    block.append(h("p", { class: "removed" }, called));
    return block;
  }
  const answers = h("div", { class: "slot" });
  const flags = h("div", { class: "slot" });
  const answer = opener(answers, (close) => {
    const sent = (receipt) => answers.replaceChildren(receipt);
    return new Writing(here, { place: id, parent: id, title: t("replyTo", { name }), close, sent }).form;
  });
  const flag = (from) => here.load("flagging", ({ flagging }) => opener(flags, (close) => flagging(here, comment, close))(from));
  const act = (key, does) => button(t(key), ({ target }) => does(target), { class: `plain ${key}`, "aria-label": t(`${key}To`, { name }) });
  const head = h(
    "header",
    null,
    h("b", { dir: "auto" }, name),
    author.staff && h("span", { class: "badge" }, t("staff")),
    comment.picked && h("span", { class: "badge approved" }, t("pick")),
    depth > 1 && to && h("span", { class: "hint" }, t("to", { name: to })),
    h("a", { class: "hint", href: `${location.href.split("#")[0]}#ombud-${id}` }, time(comment.created_at, t)),
  );
  const foot = h("footer", null, article.open && depth < DEEPEST && act("reply", answer), act("report", flag));
  block.append(head, h("div", { class: "text", dir: "auto" }, comment.text), foot, answers, flags);
  if (article.open && server.recall(`draft ${article.id} ${id}`)?.text) answer();
  return block;
}

export class Thread {
  #nodes = new Map();
  // Withdrawn, but maybe in an answer that is on its way.
  gone = new Set();

  constructor(here, sort) {
    Object.assign(this, { here, sort, list: h("ol", { class: "thread" }) });
  }

  get known() {
    return [...this.#nodes.values()].map(({ comment }) => comment);
  }

  find(id) {
    return this.#nodes.get(id)?.block;
  }

  takeAll(roots) {
    return roots.flatMap((root) => {
      const fresh = [root, ...root.replies].map((one) => this.take(one));
      const node = this.#nodes.get(root.id);
      if (node) this.#offer(node, root.replies_next);
      return fresh.filter(Boolean);
    });
  }

  take(comment) {
    const { id, root, removed } = comment;
    const known = this.#nodes.get(id);
    if (known && known.comment.removed !== removed) this.#redraw(known, comment);
    if (known || (this.gone.has(id) && !removed)) return null;
    const parent = this.sort === "picks" ? null : comment.parent;
    const first = this.#nodes.get(root);
    // A parent that is not here comes with more replies.
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
    if (this.#needed(node)) this.#redraw(node, { ...node.comment, removed: true });
    else this.#remove(node);
  }

  // Withdraws what the server has no more, as far as the first page tells.
  sift(known, { comments, next }) {
    const oldest = next ? comments.at(-1).id : 0;
    for (const { id, parent, root } of known) {
      const here = comments.find((one) => one.id === root);
      const told = parent ? here && !here.replies_next : root > oldest;
      if (told && !here?.replies.concat(here).some((one) => one.id === id)) this.withdraw(id);
    }
  }

  // A gap stays while there are answers, and while one writes one.
  #needed({ replies, more, block }) {
    return replies.firstChild || more || block.querySelector("form");
  }

  #redraw(node, comment) {
    const block = draw(this.here, comment, this.#nodes.get(comment.parent)?.comment);
    const form = node.block.querySelector("form");
    const { activeElement } = this.here.root;
    if (form && comment.removed) block.append(form.parentNode);
    node.block.replaceWith(block);
    Object.assign(node, { comment, block });
    if (form?.contains(activeElement)) activeElement.focus({ preventScroll: true });
  }

  #remove({ item, comment }) {
    const near = item.previousElementSibling ?? item.nextElementSibling ?? item.parentNode.closest("li");
    if (item.contains(this.here.root.activeElement)) near?.firstChild.focus({ preventScroll: true });
    item.remove();
    this.#nodes.delete(comment.id);
    const above = this.#nodes.get(comment.parent);
    if (above?.comment.removed && !this.#needed(above)) this.#remove(above);
  }

  #offer(node, next) {
    node.more?.remove();
    node.more = next && button(this.here.t("moreReplies"), () => this.#load(node, next), { class: "more" });
    if (next) node.item.append(node.more);
  }

  async #load(node, after) {
    try {
      const { comments, next } = await this.here.server.read("api/comments", { root: node.comment.id, after });
      const fresh = comments.map((one) => this.take(one)).find(Boolean);
      this.#offer(node, next);
      fresh?.focus();
    } catch ({ message }) {
      this.here.say(message, true);
    }
  }
}

// What one types in, or else reads, does not move.
export function steadily({ host, root }, change) {
  const line = innerHeight / 3;
  const { top, bottom, left } = host.getBoundingClientRect();
  let anchor = root.activeElement;
  if (!anchor?.matches("textarea, input, select")) {
    anchor = bottom < line ? root.lastChild : top < line && root.elementFromPoint(left + 9, line)?.closest("article, form");
  }
  const before = anchor && anchor.getBoundingClientRect().top;
  const done = change();
  if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  return done;
}

export function goTo(article) {
  article.scrollIntoView({ block: "center" });
  article.focus({ preventScroll: true });
}

export class Arrivals {
  #unsaid = 0;

  constructor(here) {
    const { t, root } = here;
    const away = button("", () => goTo(root.querySelector(".away")), { class: "main" });
    this.element = h("div", { class: "fresh", hidden: "" }, away);
    this.watch = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        target.classList.toggle("away", !isIntersecting);
        if (isIntersecting) this.watch.unobserve(target);
      }
      const n = root.querySelectorAll(".away").length;
      this.element.hidden = !n;
      away.textContent = t("fresh", { n });
    });
    this.say = () => {
      here.say(t("fresh", { n: this.#unsaid }));
      this.#unsaid = 0;
    };
  }

  came(block) {
    block.classList.add("arrived");
    this.watch.observe(block);
    this.#unsaid += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.say, 1_500);
  }
}
