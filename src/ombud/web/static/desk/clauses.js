// The clauses that hold: as the page brought them, and anew when the policy changes.
const read = (page) => [...page.getElementById("clauses").content.children].map((one) => ({
  rule: one.id, title: one.title, clause: one.textContent.trim(),
}));

/** The clauses in the order of their keys; the same list for all who have it, also later. */
export const clauses = read(document);

/** Hears of another policy: the list is then as it is now, and `clauses` is told. */
export function follow(desk) {
  desk.live.addEventListener("policy", async () => {
    try {
      const page = await fetch("/desk", { cache: "no-store" });
      const now = read(new DOMParser().parseFromString(await page.text(), "text/html"));
      clauses.splice(0, clauses.length, ...now);
    } catch {
      desk.note("The policy has changed. Load this page again when it suits you, so that the clauses are the new ones.", { fault: true });
      return;
    }
    desk.live.dispatchEvent(new Event("clauses"));
    desk.note("The policy has changed: the clauses and their keys are now the new ones. What you were writing is still there.");
  });
}
