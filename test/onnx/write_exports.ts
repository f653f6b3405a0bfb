/**
 * Writes the exports of `exports.ts` for check_export.py, with the inputs of their runs and what they give eagerly.
 *
 * deno run -A test/run.ts run -A test/onnx/write_exports.ts FOLDER
 *
 * @module
 */
import type { EagerTensor } from "@strata/nn";
import { everyExport, type Export } from "./exports.ts";

/** Where the elements of a tensor are in the file of values. */
interface Place {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly at: number;
}

const [folder = "."] = Deno.args;
await Deno.mkdir(folder, { recursive: true });
let count = 0;
const lines: string[] = [];

async function write({ name, graph, runs, eagerly }: Export): Promise<void> {
  const file = `${count++}`;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const place = (tensor: EagerTensor): Place => {
    const values = tensor.dataSync();
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    bytes += values.byteLength;
    return { dtype: tensor.dtype, shape: tensor.shape as readonly number[], at: bytes - values.byteLength };
  };
  await Deno.writeFile(`${folder}/${file}.onnx`, graph.toONNX());
  const written = runs.map((inputs) => {
    const states = [...graph.updates.keys()].map(({ value }) => value);
    return { inputs: [...inputs, ...states].map(place), outputs: eagerly(inputs).map(place) };
  });
  const values = new Uint8Array(bytes);
  parts.reduce((at, part) => (values.set(part, at), at + part.length), 0);
  await Deno.writeFile(`${folder}/${file}.values`, values);
  lines.push(JSON.stringify({ name, file, runs: written }));
}

for (const example of everyExport()) await write(example);
await Deno.writeTextFile(`${folder}/index.jsonl`, lines.join("\n"));
