/**
 * Diagrams as text for Mermaid, which many pages draw by themselves.
 *
 * @module
 */
import type { Box, BoxKind, Diagram, Direction } from "./diagram.ts";

/** The brackets of a box. */
const BRACKETS: { readonly [kind in BoxKind]: readonly [string, string] } = {
  input: ["([", "])"],
  layer: ["[", "]"],
  model: ["[[", "]]"],
  op: ["(", ")"],
};

/** A diagram as a flowchart of Mermaid. */
export function mermaidOf({ boxes, frames, arrows }: Diagram, direction: Direction): string {
  const lines = [`flowchart ${direction}`];
  const write = (frame: string | undefined, indent: string): void => {
    for (const box of boxes) if (box.frame === frame) lines.push(indent + boxOf(box));
    for (const inner of frames) {
      if (inner.frame !== frame) continue;
      lines.push(`${indent}subgraph ${inner.id}["${escaped(inner.title)}"]`);
      write(inner.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  write(undefined, "  ");
  for (const [from, to] of arrows) lines.push(`  ${from} --> ${to}`);
  return `${lines.join("\n")}\n`;
}

function boxOf({ id, lines, kind }: Box): string {
  const [open, close] = BRACKETS[kind];
  return `${id}${open}"${lines.map(escaped).join("<br/>")}"${close}`;
}

/** A text inside quotes: what Mermaid, Markdown or HTML would read as its own stands as a character code. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s/g, " ")
    .replaceAll(/["#&<>`\\|{};$%]/g, (character) => `#${character.codePointAt(0)};`);
}
