// Writing a comment, and what became of it.
import { button, explained, field, h, sheet, time } from "./parts.js";

const MOST = 20_480;

// The form for a comment or an answer.  What is typed is kept at each keystroke, until the server has it.
// `place` names the draft; `parent` is the comment answered; `sent` gets the server's answer.
export class Writing {
  constructor(here, { place, parent, title, text, sent, close }) {
    const { t, server, article } = here;
    Object.assign(this, { here, parent, sent, close, place: `draft ${article.id} ${place}` });
    const draft = server.memory.recall(this.place) ?? { text };
    this.text = h("textarea", { rows: 3, dir: "auto" });
    this.name = h("input", { autocomplete: "nickname", maxlength: 200, dir: "auto" });
    this.email = h("input", { type: "email", autocomplete: "email" });
    this.terms = h("input", { type: "checkbox" });
    for (const one of ["text", "name", "email"]) this[one].value = draft[one] ?? "";
    this.policy = h("a", { target: "_blank", rel: "noopener", href: server.url("policy") }, t("policy"));
    this.who = h("div");
    this.left = h("p", { class: "hint", role: "status" });
    this.warning = h("div", { class: "warning" });
    const hint = article.mode === "premoderate" && h("p", { class: "hint" }, t("premoderate"));
    const send = () => this.#send();
    Object.assign(this, sheet({ t, send, close, words: t("send") }, field(title ?? t("write"), this.text), this.left, this.who, hint, this.warning));
    this.form.addEventListener("input", () => this.#typed());
    // A calm page asks for a name only once somebody writes.
    this.form.addEventListener("focusin", () => this.open());
    here.forms.add(this);
    this.identify();
    if (place !== "new" || this.text.value) this.open();
  }

  async open() {
    if (this.form.classList.contains("open")) return;
    this.form.classList.add("open");
    this.current = await this.here.terms();
    // Only addresses of pages become links.
    if (/^(https?:|\/)/.test(this.current?.url)) this.policy.href = this.here.server.url(this.current.url);
    this.identify();
  }

  get #accepted() {
    const { server } = this.here;
    const terms = server.memory.recall("terms");
    return Boolean(server.reader && terms && terms === (this.current?.version ?? terms));
  }

  identify() {
    const { t, server } = this.here;
    const { reader, paper } = server;
    const who = reader
      ? h("p", { class: "hint" }, t("as", { name: reader.name }), " ", !paper && button(t("notMe"), () => this.#stranger(), { class: "plain" }))
      : h("div", { class: "pair" }, field(t("name"), this.name), field(t("email"), this.email, t("emailHint")));
    const accept = h("label", { class: "accept" }, this.terms, h("span", null, t.around("terms", this.policy)));
    this.who.replaceChildren(who, this.#accepted ? "" : accept);
  }

  #stranger() {
    this.here.server.memory.keep("reader");
    this.here.identify();
    this.name.focus();
  }

  #typed() {
    const { memory } = this.here.server;
    const [text, name, email] = [this.text.value, this.name.value, this.email.value];
    memory.keep(this.place, { ...memory.recall(this.place), text, name, email });
    const left = MOST - new TextEncoder().encode(text).length;
    this.left.textContent = left < 1_000 ? this.here.t("left", { n: left }) : "";
    if (text !== this.warned) this.warning.replaceChildren();
    this.#complain("");
  }

  #complain(words, control) {
    for (const one of [this.text, this.name, this.terms]) one.ariaInvalid = one === control;
    this.fault.textContent = words;
    control?.focus();
  }

  #body() {
    const { server, article } = this.here;
    const [name, email] = [server.reader?.name ?? this.name.value.trim(), this.email.value.trim()];
    return {
      article: article.id,
      text: this.text.value,
      parent: this.parent,
      author: { name, ...(email && !server.reader && { email }) },
      accept_terms: this.#accepted || this.terms.checked,
    };
  }

  // One attempt, one key: the same comment sent again after a lost answer is the same comment.
  #key(body) {
    const { memory } = this.here.server;
    const draft = memory.recall(this.place);
    const whole = JSON.stringify(body);
    if (draft?.whole === whole) return draft.key;
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    memory.keep(this.place, { name: this.name.value, ...draft, text: body.text, whole, key });
    return key;
  }

  async #send(anyway) {
    const { t, server } = this.here;
    const body = this.#body();
    if (this.busy) return undefined;
    if (!body.text.trim()) return this.#complain(t("lackText"), this.text);
    if (!server.reader && !body.author.name) return this.#complain(t("lackName"), this.name);
    if (!body.accept_terms) return this.#complain(t("lackTerms"), this.terms);
    this.#working(true);
    try {
      // What was warned about once is not warned about again.
      if (!anyway && this.warned !== body.text) {
        const { action, notice } = await server.send("api/comments/preview", body);
        if (action !== "APPROVE") return this.#warn(body.text, action, notice?.findings);
      }
      const said = await server.send("api/comments", body, this.#key(body));
      server.memory.keep(this.place);
      server.memory.keep("terms", this.current?.version ?? "1");
      if (!server.paper && said.reader.token) server.memory.keep("reader", said.reader);
      const got = receipt(this.here, said, this.close);
      this.sent(got, said);
      this.here.sent(got, said);
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.#working(false);
    }
    return undefined;
  }

  #refused({ message, status, code }) {
    const { server, identify, host } = this.here;
    this.#complain(message);
    if (code === "terms_not_accepted") {
      server.memory.keep("terms");
      identify();
    }
    // The page may get a new token and set it; what is typed stays.
    if (status === 401 && server.paper) host.dispatchEvent(new CustomEvent("ombud-unauthorized", { bubbles: true, composed: true }));
    else if (status === 401) {
      this.#stranger();
      this.#complain(this.here.t("unknown"), this.name);
    }
  }

  // What the policy would do, and why, before anything is sent.
  #warn(text, action, findings = []) {
    const { t } = this.here;
    this.warned = text;
    const title = h("h3", { tabindex: -1 }, t("nudge"));
    const change = () => {
      // Back to the text, with the first marked characters chosen.
      const units = (place) => Array.from(text).slice(0, place).join("").length;
      this.text.focus();
      if (findings[0]) this.text.setSelectionRange(units(findings[0].begin), units(findings[0].end));
    };
    const row = h("p", { class: "row" }, button(t("change"), change), button(t("anyway"), () => this.#send(true)));
    this.warning.replaceChildren(title, h("p", null, t(`nudge${action}`)), ...explained(text, findings).filter(Boolean), row);
    title.focus();
  }

  #working(busy) {
    this.busy = busy;
    // Typing while it is on its way would be lost with the draft.
    this.text.readOnly = busy;
    this.submit.textContent = this.here.t(busy ? "sending" : "send");
  }
}

// The state of one's own comment with the reasons.  A held or deleted one stays as it is; sent anew it is a new one.
function told(here, { state, notice, comment }) {
  const { t, article } = here;
  const again = state !== "approved" && article.open && button(t("anew"), () => {
    again.hidden = true;
    const close = () => {
      writing.form.remove();
      again.hidden = false;
      again.focus();
    };
    const sent = (got) => writing.form.replaceWith(got);
    const { parent, text } = comment;
    const writing = new Writing(here, { place: `anew ${comment.id}`, parent, text, title: t("change"), close, sent });
    again.parentNode.after(writing.form);
    writing.text.focus();
  });
  const findings = state === "approved" ? [] : notice?.findings;
  return [...explained(comment.text, findings), h("p", { class: "row" }, again)];
}

export function receipt(here, said, close) {
  const { t } = here;
  const box = h("div", { class: `receipt ${said.state}`, tabindex: -1, role: "group" }, h("p", { class: "verdict" }, said.notice?.summary || t(said.state)), told(here, said));
  if (close) box.lastChild.append(button(t("close"), close));
  return box;
}

// One's own comments under this article, whatever became of them.
export class Mine {
  #known = [];

  constructor(here) {
    this.here = here;
    this.title = h("summary");
    this.list = h("ol");
    this.element = h("details", { class: "mine", hidden: "" }, this.title, this.list);
  }

  has(id) {
    return this.#known.some((one) => one.id === id);
  }

  get waiting() {
    return this.#known.some(({ state }) => state === "held");
  }

  async refresh() {
    const { server, article, t, say } = this.here;
    // Without a name there is nothing to ask for; after a failure what is shown stays.
    const { comments } = server.reader ? await server.mine("api/mine", { article: article.id }).catch(() => ({})) : { comments: [] };
    if (!comments) return;
    for (const { id, state } of comments) {
      const before = this.#known.find((one) => one.id === id)?.state;
      if (before && before !== state) say(t(state));
    }
    const same = JSON.stringify(comments) === JSON.stringify(this.#known);
    this.#known = comments;
    this.element.hidden = !comments.length;
    this.title.textContent = t("mine", { n: comments.length });
    // A form in there is not drawn anew under somebody's hands.
    if (same || this.list.querySelector("form")) return;
    this.list.replaceChildren(...comments.map((one) => {
      const state = h("span", { class: `badge ${one.state}` }, t(`is_${one.state}`));
      return h("li", null, h("p", { class: "row" }, state, time(one.comment.created_at, t)), told(this.here, one));
    }));
  }
}
