// Small pictures beside numbers.  They only repeat what the numbers say, so they are not read aloud.
import { svg } from "./dom.js";

/** Columns for the days, oldest first: what was found, and within it what was overturned. */
export function columns(days, most) {
  const width = 6;
  const height = 28;
  const tall = (value) => (most ? (value / most) * height : 0);
  return svg("svg", { class: "columns-chart", viewBox: `0 0 ${days.length * (width + 2)} ${height}`, width: days.length * (width + 2), height, "aria-hidden": "true" },
    days.flatMap(({ found, overturned }, index) => [
      svg("rect", { class: "found", x: index * (width + 2), y: height - tall(found), width, height: tall(found) }),
      svg("rect", { class: "overturned", x: index * (width + 2), y: height - tall(overturned), width, height: tall(overturned) }),
    ]));
}

/** A value with its interval on a line from `low` to `high`. */
export function interval(value, from, to, [low, high] = [-0.2, 1]) {
  const x = (at) => ((Math.min(high, Math.max(low, at)) - low) / (high - low)) * 120;
  return svg("svg", { class: "interval", viewBox: "0 0 120 14", width: 120, height: 14, "aria-hidden": "true" },
    svg("line", { class: "axis", x1: 0, x2: 120, y1: 7, y2: 7 }),
    [0, 0.667, 0.8].map((at) => svg("line", { class: "tick", x1: x(at), x2: x(at), y1: 3, y2: 11 })),
    from !== null && from !== undefined && svg("line", { class: "range", x1: x(from), x2: x(to), y1: 7, y2: 7 }),
    svg("circle", { cx: x(value), cy: 7, r: 4 }));
}

/** One bar of a share. */
export function bar(share) {
  return svg("svg", { class: "share", viewBox: "0 0 100 6", preserveAspectRatio: "none", width: 100, height: 6, "aria-hidden": "true" },
    svg("rect", { class: "rest", width: 100, height: 6 }), svg("rect", { class: "found", width: 100 * Math.min(1, share || 0), height: 6 }));
}
