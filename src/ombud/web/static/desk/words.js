// How the desk says things: times, certainty, disagreement, what went wrong and what to do.
export const STATES = { held: "Held", approved: "Approved", deleted: "Deleted" };
export const DEEDS = { approve: "approved", delete: "deleted", escalate: "escalated", undo: "took back" };
export const MODES = {
  premoderate: "Everything waits for a moderator",
  automatic: "What is sure is decided, the rest waits",
  closed: "Closed: no new comments",
};

export function ago(moment, now = Date.now()) {
  const minutes = Math.max(0, Math.round((now - Date.parse(moment)) / 60_000));
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 60 * 36) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}

export function when(moment) {
  const at = new Date(moment);
  const today = at.toDateString() === new Date().toDateString();
  const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (today) return `today, ${clock}`;
  const recent = Date.now() - at < 6 * 86_400_000;
  const day = at.toLocaleDateString(
    "en-GB",
    recent ? { weekday: "long" } : { day: "numeric", month: "short", year: "numeric" },
  );
  return `${day}, ${clock}`;
}

export const date = (moment) =>
  new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
export const percent = (share) => `${Math.round(share * 100)}\u00a0%`;
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
export const who = (by) => (by ?? "").replace(/^staff:/, "").replace(/^key:/, "program ");
export const sentence = (words) => (words ? words[0].toUpperCase() + words.slice(1) : "");
export const short = (text, most = 60) => {
  const letters = Array.from((text ?? "").replace(/\s+/g, " ").trim());
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : letters.join("");
};

/** Only the most doubtful are worth a word: beside every comment it would be read by nobody. */
export function disagreed(share) {
  return share >= 0.4 ? "People often disagree about comments like this one: a second opinion may help." : "";
}

/** How well people agree, in the words that Krippendorff's alpha is usually read with. */
export function agreed(alpha) {
  if (alpha === null || alpha === undefined) return "Too few to say";
  if (alpha >= 0.8) return "Good";
  if (alpha >= 0.667) return "Fair";
  return alpha >= 0.4 ? "Weak" : "Poor";
}

const HELP = {
  unauthorized: "Sign in again.",
  forbidden: "Ask an editor if you need to do this.",
  not_found: "It may be gone, or belong to another outlet.",
  busy: "Wait a moment and try again.",
  unavailable: "Nothing was stored. Try again in a moment.",
  unreachable: "Check the connection and try again.",
};

/** What went wrong and what to do about it, in one or two sentences. */
export function plain(error) {
  if (!error.code) throw error;
  const said = sentence(error.message.trim());
  const what = /[.!?…]$/.test(said) ? said : `${said}.`;
  return HELP[error.code] ? `${what} ${HELP[error.code]}` : what;
}
