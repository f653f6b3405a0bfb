/**
 * Recording what a function does to symbolic tensors.
 *
 * @module
 */
import { InputError } from "../shape/error.ts";
import { type Updates, whileTracing } from "../tensor/scope.ts";
import { isRecord, mapStructure, type Structure } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { Graph } from "./graph.ts";

/**
 * Calls `call` once, with symbolic tensors in place of the tensors in `inputs`, and gives the graph of what it did. What
 * is no tensor is handed on as it is.
 *
 * @throws {TypeError} If the result is no tensor, and no array or record of tensors.
 */
export function record(
  name: string,
  call: (...inputs: readonly unknown[]) => unknown,
  inputs: readonly unknown[],
): Graph {
  const seen = new Set<Tensor>();
  const symbols = inputs.map((argument, index) =>
    symbolsFor(argument, inputs.length === 1 ? "input" : `input_${index}`, seen)
  );
  const updates: Updates = new Map();
  const outputs = mapStructure(
    whileTracing(() => call(...symbols), updates) as Structure<unknown>,
    (leaf) => {
      // A variable that was assigned stands for its new value, as it does when it is returned eagerly.
      if (leaf instanceof Tensor) return updates.get(leaf) ?? leaf;
      throw new InputError(`Cannot trace ${name}: ${refusal(leaf)}`);
    },
  );
  return new Graph(symbols, outputs, { name, updates: updates as Map<Variable, Tensor> });
}

function refusal(result: unknown): string {
  if (result instanceof Promise) {
    // The promise is dropped; what it rejects with must not end the program as well.
    result.catch(() => {});
    return "it returned a promise: expected tensors; a trace records what is done before the function returns, " +
      "so it must be synchronous";
  }
  const received = result === null ? "null" : typeof result;
  return `expected it to return a tensor, or an array or a record of tensors, received ${received}`;
}

/**
 * Symbolic tensors of the shapes and dtypes of an argument, in its structure. Those that are symbolic stay, once: what is
 * given twice are two inputs, which each run may give other values.
 */
function symbolsFor(argument: unknown, name: string, seen: Set<Tensor>): unknown {
  if (argument instanceof Tensor) {
    const isNew = argument instanceof SymbolicTensor && !seen.has(argument.root);
    const symbol = isNew ? argument : new SymbolicTensor(argument.shape, argument.dtype, { name });
    seen.add(symbol.root);
    return symbol;
  }
  if (Array.isArray(argument)) return argument.map((part, index) => symbolsFor(part, `${name}_${index}`, seen));
  if (!isRecord(argument)) return argument;
  return Object.fromEntries(Object.entries(argument).map(([key, part]) => [key, symbolsFor(part, key, seen)]));
}
