import { assert, assertEquals } from "@std/assert";
import { ops } from "@strata/nn";
import { Graph } from "../../src/graph/graph.ts";
import type { GraphNode } from "../../src/graph/node.ts";
import { isOpName, type OpName, table } from "../../src/ops/table.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { asksForSizes, call, describe, eager, FAMILIES, NEED_VALUES, OPENINGS, publicOp, readCases } from "./golden.ts";

/** A record with a value for each operation, as rules of differentiation are. */
type Rules = { readonly [Name in OpName]: "none" | "decompose" };

/** Whether a record that lacks `add` would be accepted. */
const acceptsIncomplete: Omit<Rules, "add"> extends Rules ? true : false = false;

/** The nodes that the golden cases record, with sizes known, open and named, and the calls in words. */
function* recorded(): Generator<readonly [call: string, node: GraphNode]> {
  for (const family of FAMILIES) {
    for (const golden of readCases(family)) {
      const op = publicOp(golden.op);
      if (op === undefined || golden.inputs.length === 0 || NEED_VALUES.includes(golden.op)) continue;
      for (const [how, open] of Object.entries(OPENINGS)) {
        const inputs = golden.inputs.map(eager).map(({ shape, dtype }) =>
          input((shape as readonly number[]).map(open), { dtype })
        );
        let outputs: readonly Tensor[];
        try {
          outputs = call(op, golden, inputs);
        } catch (error) {
          assert(asksForSizes(error), `${describe(golden)}, ${how}: ${error}`);
          continue;
        }
        const { nodes } = new Graph(inputs as readonly SymbolicTensor[], outputs as readonly SymbolicTensor[]);
        for (const node of nodes) yield [`${describe(golden)}, ${how}`, node];
      }
    }
  }
  // No golden case has this op.
  const x = input([null, 4]);
  for (const node of new Graph([x], ops.moments(x, -1)).nodes) yield ["moments", node];
}

/** Whether an axis, or one of several, counts from the end. */
function countsFromTheEnd(axis: unknown): boolean {
  return [axis].flat().some((place) => typeof place === "number" && place < 0);
}

Deno.test("the key of each entry of the table is its name, and only those are names", () => {
  for (const [name, entry] of Object.entries(table)) assertEquals(entry.name, name);
  assert(isOpName("softmax"));
  assert(!isOpName("toString"));
  assert(!acceptsIncomplete);
});

Deno.test("recorded attributes are settled, and normalizing them again changes nothing", () => {
  const normalized = new Set<string>();
  for (const [what, { op, inputs, attributes }] of recorded()) {
    for (const [name, value] of Object.entries(attributes)) assert(value !== undefined, `${what}: ${op.name}, ${name}`);
    if (op.normalize === undefined) continue;
    normalized.add(op.name);
    assert(!countsFromTheEnd(attributes.axis), `${what}: the axis of ${op.name} is ${attributes.axis}`);
    const again = op.normalize(attributes, inputs);
    for (const [name, value] of Object.entries(again)) assertEquals(value, attributes[name], `${what}: ${name}`);
  }
  const entries = Object.values(table).filter(({ normalize }) => normalize !== undefined).map(({ name }) => name);
  assertEquals(entries.filter((name) => !normalized.has(name)), []);
});
