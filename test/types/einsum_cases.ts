import type { Dim } from "../../src/shape/dim.ts";
import { einsum } from "../../src/shape/einsum.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

/** A term over a few labels, some of them repeated, now and then with an ellipsis. */
function term(random: Random): string {
  const labels = Array.from({ length: random.integer(0, 3) }, () => random.pick(["i", "j", "k", "B"])).join("");
  const at = random.integer(0, labels.length);
  return random.integer(0, 3) === 0 ? `${labels.slice(0, at)}...${labels.slice(at)}` : labels;
}

/** Random cases of `einsum`, as lines of TypeScript. */
export function einsumCases(): string {
  const random = seeded(13);
  return Array.from({ length: 300 }, () => {
    const terms = Array.from({ length: random.integer(1, 3) }, () => term(random));
    const choices: readonly Dim[] = random.pick([[2], [1, 2], [1, 2, 3], [1, 2, 2, "batch", null]]);
    const shapes = terms.map((text) => {
      const count = text.replace("...", "").length;
      return random.shape(Math.max(0, text.includes("...") ? random.integer(count, count + 2) : count), choices);
    });
    const used = [...new Set(terms.join("").replaceAll(".", ""))];
    const output = random.shuffle(used).slice(0, random.integer(0, used.length)).join("");
    const dots = terms.some((text) => text.includes(".")) ? "..." : "";
    const right = random.pick(["", `->${dots}${output}`, `->${output}${dots}`, `-> ${dots}${output}`, `->${output}`]);
    // One in six is spoilt: a character or an operand too much.
    const spoil = random.integer(0, 23);
    if (spoil === 0) shapes.push([2]);
    if (spoil === 1) shapes[0] = [...shapes[0]!, 2];
    if (spoil === 2) shapes[0] = shapes[0]!.slice(1);
    const comma = random.pick([",", ", "]);
    const equation = terms.join(comma) + right + (spoil === 3 ? random.pick(["1", "z", ".", output, "->"]) : "");
    return caseOf(`einsum<${typeOf(equation)}, ${typeOf(shapes)}>`, () => einsum(equation, shapes));
  }).join("\n");
}
