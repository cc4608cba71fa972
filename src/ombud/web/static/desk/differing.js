// Two texts as one: what was added and what was left out are marked.
import { h } from "./dom.js";

const KINDS = { added: "ins", "left out": "del" };

/** The pieces that the server found, as elements. */
export const differing = (pieces) => pieces.map(({ kind, text }) => (kind === "same" ? text : h(KINDS[kind], { title: kind }, text)));
