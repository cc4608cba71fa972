// Short notes at the edge of the page, and words for who listens instead of looking.
import { h } from "./dom.js";

const STAYS = 8_000;
const place = document.getElementById("notes");
const said = document.getElementById("said");

/** Says something to a screen reader. */
export function say(words) {
  // The same words twice would not be read again.
  said.textContent = said.textContent === words ? `${words}\u00a0` : words;
}

/** Shows a note for a while; a fault stays until it is put away.  `deed` is `[words, press]`. */
export function note(words, { fault = false, deed = null } = {}) {
  if ([...place.children].some((one) => one.dataset.words === words)) return;
  const away = () => made.remove();
  const made = h("div", { class: fault ? "note fault" : "note", role: fault ? "alert" : null },
    h("p", {}, words),
    deed && h("button", { type: "button", onclick: () => { away(); deed[1](); } }, deed[0]),
    h("button", { type: "button", class: "away", "aria-label": "Put this note away", onclick: away }, "×"),
  );
  made.dataset.words = words;
  place.append(made);
  while (place.children.length > 4) place.firstElementChild.remove();
  if (!fault) say(words);
  if (!fault && !deed) {
    const go = () => (made.matches(":hover, :focus-within") ? setTimeout(go, STAYS) : away());
    setTimeout(go, STAYS);
  }
}
