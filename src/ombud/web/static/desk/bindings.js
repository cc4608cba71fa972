// Which key does what in the queue.

const one = (words, press, again = false) => ({ words, press, again });

/** What the keys of a queue do, for `Keys`. */
export function bindings(queue) {
  const { deeds, desk } = queue;
  const cite = ({ rule, title }, index) => [`${index + 1}`, one(`Delete: ${title}`, () => deeds.cite(rule))];
  return [
    ["a", one("Approve, and open the next", deeds.approve)],
    ["d", one("Delete, citing the clause suggested", deeds.remove)],
    ...desk.clauses.slice(0, 9).map(cite),
    ["0", one("Delete, citing another clause", deeds.other)],
    ["u", one("Undo the last ruling", deeds.undo)],
    ["e", one("Escalate to an editor, with a note", deeds.escalate)],
    ["n", one("Write a note to the ruling", deeds.note)],
    ["j", one("Next comment", deeds.next, true)],
    ["k", one("Previous comment", deeds.previous, true)],
    ["x", one("Select, for a ruling on several", deeds.select)],
    ["Escape", one("Let go of the selection", () => queue.letGo())],
    ["r", one("Show the new ones", () => queue.merge())],
    ["o", one("Open the comment's own page", () => queue.current && desk.go(`/desk/comments/${queue.current}`))],
    ["/", one("Search", () => {
      queue.unfold(true);
      queue.filters.search.select();
    })],
    ["f", one("Filters", () => {
      queue.unfold(true);
      queue.filters.open();
    })],
  ];
}
