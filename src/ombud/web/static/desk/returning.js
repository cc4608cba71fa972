// How a comment comes back into the queue: after an undo, or because a ruling did not count.
import { detail, stale } from "./details.js";
import { DEEDS, sentence, when, who } from "./words.js";

/** The comment as it is now, or as it was when it went. */
async function asItIs(id, item, state, words) {
  if (item && !words) return { ...item, state: state ?? item.state };
  try {
    const now = await detail(id);
    return { ...item, ...now, state: state ?? now.state };
  } catch {
    return item ?? null;
  }
}

function whatHappened(queue, { ruling, claim }) {
  if (claim && queue.taken({ claim })) return ` ${who(claim.by)} has it open.`;
  return ruling ? ` ${sentence(DEEDS[ruling.action])} by ${who(ruling.by)}, ${when(ruling.at)}.` : "";
}

/** Puts a comment back where it stood; `words` say why its ruling did not count. */
export async function comeBack(queue, { id, words, item, place, state, undoing }) {
  stale(id);
  const { items, desk } = queue;
  if (!items.filters) return;
  const now = await asItIs(id, item, state, words);
  if (!now) return;
  if (now.state === items.filters.state) {
    items.back(now, place ?? -1);
    if (!words || !queue.current) queue.open(id);
    if (words && queue.current === id) queue.open_.tell(words, "refusal");
  } else {
    const at = items.take(id);
    if (queue.current === id) queue.advance(at);
  }
  if (!words) return;
  const failed = undoing ? "could not be taken back" : "did not count";
  desk.note(`Your ruling on the comment by ${now.author?.name ?? "a reader"} ${failed}. ${words}${whatHappened(queue, now)}`, {
    fault: true,
    deed: ["Look at it", () => (items.find(id) ? queue.open(id) : desk.go(`/desk/comments/${id}`))],
  });
}
