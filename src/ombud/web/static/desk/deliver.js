// Tells the server a ruling, an undo or an escalation, once: what may have arrived is asked first.
import { get, post, remove } from "./api.js";
import { DEEDS, who } from "./words.js";

// A ruling that waited longer is checked first: somebody else may have ruled meanwhile.
const LATE = 3_000;
const SETTLE = 700;
const GONE = new Set(["conflict", "not_found"]);

/** What is known of a comment before a ruling goes out late: that it arrived, or is too late. */
async function known({ action, expected }, id, me) {
  try {
    const { ruling, state } = await get(`/api/comments/${id}`);
    if (ruling && who(ruling.by) === me && ruling.action === action) return { comment: id, id: ruling.id, state };
    if (state === expected) return null;
    const what = ruling ? `${who(ruling.by)} ${DEEDS[ruling.action]} it before yours arrived` : `it was ${state} before yours arrived`;
    return { comment: id, code: "conflict", detail: what };
  } catch (error) {
    if (error.code === "not_found") return null;
    throw error;
  }
}

async function rule(entry, again, me) {
  const { action, clause, note, expected, at } = entry;
  const late = again || Date.now() - at > LATE;
  // What was cut off on its way may still be about to arrive.
  if (again) await new Promise((resolve) => setTimeout(resolve, SETTLE));
  const results = late ? await Promise.all(entry.comments.map((id) => known(entry, id, me))) : [];
  const done = results.filter(Boolean);
  const comments = entry.comments.filter((id) => !done.some((one) => one.comment === id));
  if (!comments.length) return done;
  const answer = await post("/api/rulings", { comments, action, clause, note, expected });
  const checked = answer.rulings.map(async (one) => {
    const own = one.code === "conflict" && (await known(entry, one.comment, me));
    return own?.id ? own : one;
  });
  return [...done, ...(await Promise.all(checked))];
}

async function undo(rulings, again) {
  const results = [];
  for (const { comment, id } of rulings) {
    try {
      results.push(await remove(`/api/rulings/${id}`));
    } catch (error) {
      if (!GONE.has(error.code)) throw error;
      // The undo of a moment ago has arrived after all.
      results.push(again ? { comment, id } : { comment, code: error.code, detail: error.message });
    }
  }
  return results;
}

async function escalate({ comments: [comment], note }, again, me) {
  if (again) {
    const { escalated, rulings } = await get(`/api/comments/${comment}`);
    const own = rulings.findLast((one) => one.action === "escalate" && who(one.by) === me);
    if (escalated && own) return [own];
  }
  return [{ comment, ...(await post(`/api/comments/${comment}/escalation`, { note })) }];
}

/** Returns `[{comment, id, state} or {comment, code, detail}]`; `given(key)` are earlier results. */
export function deliver(entry, again, me, given) {
  if (entry.kind === "undo") {
    return undo(given(entry.of).filter((one) => one.id && !one.code), again);
  }
  return entry.kind === "escalate" ? escalate(entry, again, me) : rule(entry, again, me);
}
