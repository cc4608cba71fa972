// Which comment of the queue comes next.

/** Goes on by one in the list, forwards (1) or back (-1). */
export function step(queue, by) {
  const { list } = queue.items;
  if (!list.length) return;
  const from = queue.items.place(queue.current);
  // One that somebody else ruled on stood before the one that now has its place.
  const next = from < 0 ? queue.left + Math.min(by, 0) : from + by;
  const { id } = list[Math.min(Math.max(next, 0), list.length - 1)];
  if (id === queue.current) queue.desk.say(by > 0 ? "This is the last one." : "This is the first one.");
  else queue.open(id);
}

/** After a ruling: the comment that now stands where the last one stood, unless it is taken. */
export function advance(queue, place) {
  const { items } = queue;
  if (items.find(queue.current)) return;
  if (!items.list.length && items.fresh.size) items.merge();
  if (offer(queue, place)) return;
  const other = items.list[Math.max(place, 0)] ?? items.list.at(-1);
  if (other) queue.open(other.id);
  else queue.nothing();
}

/** Opens the first from a place on, or else before it, that nobody has; returns whether there is one. */
export function offer(queue, place, but = null) {
  const { list } = queue.items;
  const at = Math.max(place, 0);
  const order = [...list.slice(at), ...list.slice(0, at).reverse()];
  const next = order.find((item) => item.id !== but && !queue.closed(item));
  if (!next) return false;
  queue.open(next.id);
  queue.offered = Date.now();
  queue.claims.now();
  return true;
}
