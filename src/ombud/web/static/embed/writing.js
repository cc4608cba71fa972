// Writing, and what became of it.
import { button, field, h, sheet, time } from "./parts.js";

export class Writing {
  constructor(here, { place, parent, title, text, sent, close }) {
    const { t, server, article } = here;
    Object.assign(this, { here, parent, sent, close, place: `draft ${article.id} ${place}` });
    const draft = server.recall(this.place) ?? { text };
    this.text = h("textarea", { dir: "auto" });
    this.name = h("input", { autocomplete: "nickname", maxlength: 200, dir: "auto" });
    this.email = h("input", { type: "email", autocomplete: "email" });
    this.terms = h("input", { type: "checkbox" });
    for (const one of ["text", "name", "email"]) this[one].value = draft[one] ?? "";
    this.policy = h("a", { target: "_blank", href: server.url("policy") }, t("policy"));
    this.pair = h("div", { class: "pair" }, field(t("name"), this.name), field(t("email"), this.email, t("emailHint")));
    this.known = h("p", { class: "row hint" });
    this.accept = h("p", { class: "accept" }, h("label", null, this.terms, t("terms")), this.policy);
    this.warning = h("div", { class: "warning" });
    const send = () => this.#send();
    Object.assign(this, sheet({ t, send, close, words: t("send") }, field(title ?? t("write"), this.text), this.known, this.pair, this.accept, this.warning));
    this.form.addEventListener("input", () => this.#typed());
    this.form.addEventListener("focusin", () => this.open());
    here.forms.add(this);
    this.identify();
    if (place !== "new" || this.text.value) this.open();
  }

  async open() {
    if (this.form.classList.contains("open")) return;
    this.form.classList.add("open");
    this.current = await this.here.terms();
    if (/^(https?:|\/)/.test(this.current?.url)) this.policy.href = this.here.server.url(this.current.url);
    this.identify();
  }

  get #accepted() {
    const { server } = this.here;
    const terms = server.recall("terms");
    return Boolean(server.reader && terms && terms === (this.current?.version ?? terms));
  }

  identify() {
    const { t, server } = this.here;
    const { reader, paper } = server;
    this.known.replaceChildren(reader ? t("as", { name: reader.name }) : "", reader && !paper ? button(t("notMe"), () => this.#stranger(), { class: "plain" }) : "");
    this.pair.hidden = reader;
    this.accept.hidden = this.#accepted;
  }

  #stranger() {
    this.here.server.keep("reader");
    this.here.identify();
    this.name.focus();
  }

  #typed() {
    const { server } = this.here;
    const [text, name, email] = [this.text.value, this.name.value, this.email.value];
    server.keep(this.place, { ...server.recall(this.place), text, name, email });
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
    const { reader } = server;
    const name = reader?.name ?? this.name.value.trim();
    const email = reader ? null : this.email.value.trim() || null;
    return {
      article: article.id,
      text: this.text.value,
      parent: this.parent,
      author: { name, email },
      accept_terms: this.#accepted || this.terms.checked,
    };
  }

  // The same comment sent again after a lost answer is the same comment.
  #key(body) {
    const { server } = this.here;
    const draft = server.recall(this.place);
    const whole = JSON.stringify(body);
    if (draft?.whole === whole) return draft.key;
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    server.keep(this.place, { ...draft, text: body.text, whole, key });
    return key;
  }

  async #send(anyway) {
    const { t, server } = this.here;
    const body = this.#body();
    if (this.text.readOnly) return;
    if (!body.text.trim()) return this.#complain(t("lackText"), this.text);
    if (!server.reader && !body.author.name) return this.#complain(t("lackName"), this.name);
    if (!body.accept_terms) return this.#complain(t("lackTerms"), this.terms);
    // What is typed meanwhile would be lost with the draft.
    this.text.readOnly = this.submit.ariaDisabled = true;
    try {
      if (!anyway && this.warned !== body.text) {
        const { action, notice } = await server.send("api/comments/preview", body);
        if (action !== "APPROVE") return this.#warn(body.text, action, notice?.findings);
      }
      const said = await server.send("api/comments", body, this.#key(body));
      server.keep(this.place);
      server.keep("terms", this.current?.version ?? "1");
      if (!server.paper && said.reader.token) server.keep("reader", said.reader);
      const box = receipt(this.here, said, this.close);
      this.sent(box);
      this.here.sent(box, said);
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.text.readOnly = this.submit.ariaDisabled = false;
    }
  }

  #refused({ message, status, code }) {
    const { here } = this;
    this.#complain(message);
    if (code === "terms_not_accepted") here.server.keep("terms");
    this.identify();
    if (status !== 401) return;
    if (here.server.paper) return here.host.dispatchEvent(new Event("ombud-unauthorized", { bubbles: true }));
    this.#stranger();
    this.#complain(here.t("unknown"), this.name);
  }

  #warn(text, action, findings = []) {
    const { t } = this.here;
    this.warned = text;
    const title = h("h3", { tabindex: -1 }, t("nudge"));
    const change = () => {
      const units = (place) => Array.from(text).slice(0, place).join("").length;
      this.text.focus();
      if (findings[0]) this.text.setSelectionRange(units(findings[0].begin), units(findings[0].end));
    };
    const row = h("p", { class: "row" }, button(t("change"), change), button(t("anyway"), () => this.#send(true)));
    this.warning.replaceChildren(title, h("p", null, t(`nudge${action}`)), ...explained(t, text, findings), row);
    title.focus();
  }
}

function explained(t, text, findings = []) {
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
    // The reasons are English; the clause is the paper's own.
    const whys = new Set(/^en/.test(t.tag) ? findings.map((one) => one.rule === rule && one.why) : []);
    return h("li", { dir: "auto" }, h("b", null, title), clause && h("q", null, clause), ...[...whys].map((why) => why && h("span", null, why)));
  });
  return [h("blockquote", { class: "text", dir: "auto" }, pieces), h("ul", { class: "clauses" }, clauses)];
}

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
  return [explained(t, comment.text ?? t("removed"), notice?.findings), h("p", { class: "row" }, again)];
}

export function receipt(here, said, close) {
  const { t } = here;
  const { id, state, notice } = said;
  const verdict = h("p", { class: "verdict", dir: "auto" }, (notice?.codes ?? [state]).map((code) => t(code)).join(" "));
  const rest = state === "approved" ? h("p", { class: "row" }) : told(here, said);
  const box = h("div", { id: `r${id}`, class: `receipt ${state}`, tabindex: -1, role: "group" }, verdict, rest);
  if (close) box.lastChild.append(button(t("close"), close));
  return box;
}

// Keeps the last button, and what one writes anew.
function renew(here, said) {
  const { root } = here;
  const box = root.getElementById(`r${said.id}`);
  if (!box || box.classList.contains(said.state)) return;
  const now = receipt(here, said);
  box.className = now.className;
  if (box.querySelector("form")) return box.firstChild.replaceWith(now.firstChild);
  if (box.contains(root.activeElement)) box.focus();
  now.lastChild.append(box.lastChild.lastChild);
  box.replaceChildren(...now.childNodes);
}

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
    const { here } = this;
    const { server, article, t } = here;
    const comments = server.reader ? (await server.read("api/mine", { article: article.id }, true).catch(() => ({}))).comments : [];
    if (!comments) return;
    for (const one of comments) {
      if (this.#known.some(({ id, state }) => id === one.id && state !== one.state)) here.say(t(one.state));
      renew(here, one);
    }
    this.#known = comments;
    this.element.hidden = !comments.length;
    this.title.textContent = t("mine", { n: comments.length });
    const now = JSON.stringify(comments);
    if (now === this.drawn || this.list.querySelector("form")) return;
    this.drawn = now;
    if (this.list.contains(here.root.activeElement)) this.title.focus();
    this.list.replaceChildren(...comments.map((one) => {
      const state = h("span", { class: `badge ${one.state}` }, t(`is_${one.state}`));
      return h("li", null, h("p", { class: "row" }, state, time(one.comment.created_at, t)), told(here, one));
    }));
  }
}
