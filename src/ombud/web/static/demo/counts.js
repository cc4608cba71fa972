// Keeps the numbers of comments up to date while somebody looks at them.
const EVERY = 5_000;
const places = [...document.querySelectorAll("[data-count]")];

async function renew() {
  if (document.hidden || !places.length) return;
  const asked = new URLSearchParams(places.map((place) => ["article", place.dataset.count]));
  try {
    const answer = await fetch(`/api/counts?${asked}`);
    if (!answer.ok) return;
    const { counts } = await answer.json();
    for (const place of places) place.textContent = counts[place.dataset.count] ?? place.textContent;
  } catch {
    // The next time will do.
  }
}

setInterval(renew, EVERY);
document.addEventListener("visibilitychange", renew);
