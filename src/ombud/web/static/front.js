// Judges what is typed, and draws the decision.  Texts are only ever set as text, never as markup.
const PAUSE = 220;
const VERDICTS = {
  APPROVE: "Approved",
  HOLD: "Held for a moderator",
  DELETE: "Deleted",
};
const byId = (id) => document.getElementById(id);
const form = byId("write");
const decision = byId("decision");
let timer = 0;
let asking = new AbortController();

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function show(id, visible) {
  byId(id).hidden = !visible;
}

function say(words, action = "none") {
  decision.dataset.action = action;
  byId("verdict").textContent = words;
}

function clear(words) {
  for (const id of ["marked", "findings", "scores-box", "fault"]) show(id, false);
  say(words);
}

function complain(message) {
  clear("No decision.");
  byId("fault").textContent = message;
  show("fault", true);
}

// Findings of one clause belong together; the strictest clause comes first.
function byClause(findings) {
  const groups = new Map();
  for (const finding of findings) {
    if (!groups.has(finding.rule)) groups.set(finding.rule, []);
    groups.get(finding.rule).push(finding);
  }
  const strictness = Object.keys(VERDICTS);
  const worst = (group) => Math.max(...group.map((one) => strictness.indexOf(one.action)));
  return [...groups.values()].sort((a, b) => worst(b) - worst(a));
}

// Offsets count code points, so the text is cut into code points first.
function drawText(text, groups) {
  const characters = Array.from(text);
  const placed = groups
    .flatMap((group, index) => group.map((finding) => ({ ...finding, number: index + 1 })))
    .filter(({ begin, end }) => end > begin && end - begin < characters.length);
  const edges = new Set([0, characters.length]);
  for (const { begin, end } of placed) edges.add(begin).add(end);
  const places = [...edges].sort((a, b) => a - b);
  const box = byId("marked");
  box.replaceChildren();
  for (let i = 0; i + 1 < places.length; i += 1) {
    const [begin, end] = [places[i], places[i + 1]];
    const piece = characters.slice(begin, end).join("");
    const over = placed.filter((one) => one.begin <= begin && end <= one.end);
    if (!over.length) {
      box.append(piece);
      continue;
    }
    const mark = element("mark", over.some((one) => one.action === "DELETE") ? "DELETE" : "HOLD", piece);
    const ending = new Set(over.filter((one) => one.end === end).map((one) => one.number));
    if (ending.size) mark.append(element("sup", "", [...ending].join(",")));
    box.append(mark);
  }
  show("marked", placed.length > 0);
}

function drawFindings(text, groups, clauses) {
  const length = Array.from(text).length;
  const items = groups.map((group, index) => {
    const [{ rule, clause }] = group;
    const body = element("div");
    const title = element("h3");
    const link = element("a", "", clause);
    link.href = `/policy#${rule}`;
    title.append(link);
    body.append(title);
    for (const { why, action, certainty, begin, end } of group) {
      const line = element("p", "", `${why} `);
      const place = end - begin >= length ? ", about the whole comment" : "";
      const sure = `${VERDICTS[action]}, ${Math.round(certainty * 100)} % sure${place}.`;
      line.append(element("span", "sure", sure));
      body.append(line);
    }
    const words = (clauses[rule] ?? "").replace(/\s+/g, " ").trim();
    if (words) body.append(element("p", "clause", words));
    const item = element("li");
    item.append(element("span", "number", `${index + 1}`), body);
    return item;
  });
  byId("findings").replaceChildren(...items);
  show("findings", items.length > 0);
}

function bar(value) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 100 1");
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  const filled = document.createElementNS(space, "rect");
  filled.setAttribute("width", `${value * 100}`);
  filled.setAttribute("height", "1");
  picture.append(filled);
  return picture;
}

function drawScores(scores) {
  const rows = Object.entries(scores).map(([attribute, value]) => {
    const row = element("div");
    const name = attribute.toLowerCase().replaceAll("_", " ");
    const drawn = element("dd", "bar");
    drawn.append(bar(value));
    row.append(
      element("dt", "", name.charAt(0).toUpperCase() + name.slice(1)),
      drawn,
      element("dd", "", value.toFixed(2)),
    );
    return row;
  });
  byId("scores").replaceChildren(...rows);
  show("scores-box", rows.length > 0);
}

function draw(text, judged) {
  show("fault", false);
  const groups = byClause(judged.findings);
  const count = groups.length;
  const clauses = count === 1 ? "one clause" : `${count} clauses`;
  say(count ? `${VERDICTS[judged.action]}: ${clauses}` : VERDICTS[judged.action], judged.action);
  drawText(text, groups);
  drawFindings(text, groups, judged.clauses);
  drawScores(judged.scores);
}

async function judge() {
  clearTimeout(timer);
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const text = form.elements.text.value;
  if (!text.trim()) {
    clear("Nothing written yet.");
    return;
  }
  const name = form.elements.name.value.trim();
  const comment = { text, parent: form.elements.parent.value || null, author: name ? { name } : null };
  try {
    const response = await fetch("/api/preview", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(comment),
      signal,
    });
    const content = await response.json();
    if (signal.aborted) return;
    if (response.ok) draw(text, content);
    else complain(content.detail ?? "The comment could not be judged.");
  } catch {
    if (!signal.aborted) complain("The server cannot be reached. The comment was not judged.");
  }
}

function judgeSoon() {
  clearTimeout(timer);
  timer = setTimeout(judge, PAUSE);
}

function replyTo(place) {
  form.elements.parent.selectedIndex = place === "" ? 0 : Number(place) + 1;
}

form.addEventListener("input", judgeSoon);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  judge();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    judge();
  }
});
for (const button of document.querySelectorAll("[data-text]")) {
  button.addEventListener("click", async () => {
    form.elements.text.value = button.dataset.text;
    form.elements.name.value = button.dataset.name;
    replyTo(button.dataset.parent);
    await judge();
    decision.scrollIntoView({ block: "nearest" });
  });
}
for (const button of document.querySelectorAll("[data-reply]")) {
  button.addEventListener("click", () => {
    replyTo(button.dataset.reply);
    form.elements.text.focus();
    judge();
  });
}
// On a phone the article must not stand between the reader and the comments.
const rest = document.querySelector(".rest");
if (rest && matchMedia("(max-width: 36rem)").matches) rest.open = false;
if (form.elements.text.value) judge();
