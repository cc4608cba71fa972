// Asks the JSON API, and turns whatever comes instead of an answer into an error with words.
const PATIENCE = 20_000;
const SHORT = 500;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

const open = new Set();

/** Lets the page say that it works, once an answer takes longer than a moment. */
async function waited(answer) {
  const shows = setTimeout(() => {
    open.add(answer);
    document.body.classList.add("asking");
  }, SHORT);
  try {
    return await answer;
  } finally {
    clearTimeout(shows);
    open.delete(answer);
    document.body.classList.toggle("asking", open.size > 0);
  }
}

/** An answer that is no: `code` is stable, `passing` means that trying again may help. */
export class Refusal extends Error {
  constructor(status, code, words, wait = 0) {
    super(words);
    Object.assign(this, { status, code, wait, passing: status === 0 || PASSING.has(status) });
  }
}

async function refusal(response) {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // Something between us and the server answered; its page says nothing to a moderator.
  }
  const words = problem.detail || problem.title || `The server answered ${response.status}`;
  return new Refusal(response.status, problem.code ?? "error", words, wait);
}

async function call(method, path, body, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = options.signal ? AbortSignal.any([patience, options.signal]) : patience;
  let response;
  let answer = null;
  try {
    response = await fetch(path, {
      method, headers, signal, keepalive: options.keepalive,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok && response.status !== 204) answer = await response.json();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refusal(0, "unreachable", "The server cannot be reached");
  }
  if (!response.ok) throw await refusal(response);
  return answer;
}

export const get = (path, options) => waited(call("GET", path, undefined, options));
export const post = (path, body = {}, options) => waited(call("POST", path, body, options));
export const put = (path, body = {}, options) => waited(call("PUT", path, body, options));
export const patch = (path, body, options) => waited(call("PATCH", path, body, options));
export const remove = (path, options) => waited(call("DELETE", path, undefined, options));

/** The query of an address, without what is empty. */
export function query(given) {
  const kept = Object.entries(given).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const written = new URLSearchParams(kept).toString();
  return written ? `?${written}` : "";
}
