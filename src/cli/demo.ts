/**
 * Reads handwritten digits with a network that Keras has trained: `deno task demo`, `deno task demo --help` for what it
 * takes.
 *
 * @module
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { trace } from "../jit/trace.ts";
import { argmax } from "../ops/reduction/reduction.ts";
import { softmax } from "../ops/activation/softmax.ts";
import { input } from "../tensor/symbolic.ts";
import { type DemoArguments, readArguments, usage } from "./arguments.ts";
import { DARKEST, Digits } from "./digits.ts";
import { type DigitsModel, type KerasResults, loadNetwork } from "./networks.ts";
import { enlarge, halfBlocks, plainCharacters, withMargin } from "./picture.ts";
import { progressBar } from "../models/progress.ts";
import { type Batch, measureSpeeds, showSpeeds, type Speed } from "./speeds.ts";
import { isColorUnwanted, isTerminal, write, writeError } from "./terminal.ts";

/** The predictions of the network. */
export interface Results {
  /** The logits, ten a digit. */
  readonly logits: readonly (readonly number[])[];
  /** The digits that were read. */
  readonly predictions: readonly number[];
  /** The time that it took. */
  readonly milliseconds: number;
}

/** The number of digits that are read at once. */
const BATCH = 32;
const BAR_WIDTH = 36;
/** The number of digits in a call that is worth a pool. */
const LARGE_BATCH = 45;
const CLEAR_LINE = "\r\x1b[K";

/** Reads the digits that training has not seen. */
export async function loadDigits(): Promise<Digits> {
  return new Digits(await readFile(new URL("./data/digits.bin", import.meta.url))).test();
}

/** Reads all digits, in batches; `onProgress` is told after each how many are done. */
export function classify(model: DigitsModel, digits: Digits, onProgress?: (done: number) => void): Results {
  const logits: number[][] = [];
  const predictions: number[] = [];
  const start = performance.now();
  for (let begin = 0; begin < digits.count; begin += BATCH) {
    const end = Math.min(begin + BATCH, digits.count);
    const scores = model(digits.images(begin, end));
    logits.push(...scores.array());
    predictions.push(...argmax(scores, { axis: -1 }).array());
    onProgress?.(end);
  }
  return { logits, predictions, milliseconds: performance.now() - start };
}

/**
 * The picture of a digit, and beside it how it was read.
 *
 * @param logits The ten logits of the digit.
 * @param colors Whether the picture is drawn with colors, in half blocks, else in plain characters.
 */
export function showDigit(digits: Digits, index: number, logits: readonly number[], colors: boolean): string {
  const shades = Array.from(digits.pixels(index), (pixel) => pixel / DARKEST);
  const picture = { width: 8, height: 8, shades };
  const lines = colors ? halfBlocks(withMargin(enlarge(picture))) : plainCharacters(picture);
  const probabilities = softmax(logits).array();
  const best = Math.max(...probabilities);
  const beside = [
    "",
    `Digit ${index} of the ${digits.count} that training has not seen`,
    "",
    `Read as    ${probabilities.indexOf(best)}`,
    `Certainty  ${(100 * best).toFixed(2)} %`,
    `Meant as   ${digits.label(index)}`,
  ];
  return lines.map((line, row) => `  ${line}   ${beside[row] ?? ""}`.trimEnd() + "\n").join("");
}

/** The part of the digits that were read as they are meant. */
export function accuracyOf({ predictions }: Results, digits: Digits): number {
  return predictions.filter((digit, index) => digit === digits.label(index)).length / digits.count;
}

/** The largest difference from the logits that Keras has computed. */
export function differenceFrom(keras: KerasResults, { logits }: Results): number {
  return Math.max(...keras.logits.flatMap((row, index) => row.map((logit, k) => Math.abs(logit - logits[index]![k]!))));
}

/** The numbers that the demo ends with. */
export function summary(results: Results, digits: Digits, keras: KerasResults): string {
  const { predictions, milliseconds } = results;
  const accuracy = accuracyOf(results, digits);
  const misread = predictions.flatMap((digit, index) => digit === digits.label(index) ? [] : [index]);
  const each = 1000 * milliseconds / digits.count;
  return [
    `  Accuracy    ${accuracy.toFixed(5)}   Keras: ${keras.accuracy.toFixed(5)}`,
    `  Misread     ${String(misread.length).padEnd(9)} digits ${misread.join(", ")}`,
    `  Logits      ${differenceFrom(keras, results).toExponential(1).padEnd(9)} largest difference from Keras's`,
    `  Time        ${milliseconds.toFixed(1)} ms`.padEnd(24) + `${each.toFixed(0)} µs a digit, ${BATCH} at once`,
    "",
  ].join("\n");
}

/** All digits in order, in batches of `size`, by which their number can be divided. */
export function batchesOf(digits: Digits, size: number): Batch[] {
  return Array.from({ length: digits.count / size }, (_, index) => digits.images(index * size, (index + 1) * size));
}

/** Whether each way of running the network has read the digits as the first. */
export function isSameReading(speeds: readonly Speed[]): boolean {
  const readings = speeds.map(({ logits }) => logits.map((row) => row.indexOf(Math.max(...row))).join());
  return readings.every((reading) => reading === readings[0]);
}

/** The speed at which a network reads single rows, and a larger one batches, in each way of running them. */
async function showAllSpeeds(model: DigitsModel, digits: Digits): Promise<void> {
  const single = await measureSpeeds(model, batchesOf(digits, 1));
  write(`${showSpeeds("One row a call", single)}  To hand a call to a pool takes longer than to read one row\n\n`);
  const { model: larger } = await loadNetwork("cnn");
  const batched = await measureSpeeds(larger, batchesOf(digits, LARGE_BATCH), { joins: false });
  write(showSpeeds(`${LARGE_BATCH} rows a call, read with convolutions`, batched));
  write("  This is what a pool is for: its workers run such calls at once, and the main thread is free\n\n");
  const isSame = [single, batched].every(isSameReading);
  write(`  ${isSame ? "Every way reads" : "Not every way reads"} the same digits\n\n`);
}

async function main(): Promise<void> {
  const digits = await loadDigits();
  let choice: DemoArguments;
  try {
    choice = readArguments(process.argv.slice(2), digits.count);
  } catch (error) {
    writeError(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (choice.help) return write(usage);
  const { index, network, onnx } = choice;
  const { model, keras } = await loadNetwork(network);
  const [logits] = model(digits.images(index, index + 1)).array();
  const terminal = isTerminal();
  write(`\n${showDigit(digits, index, logits!, terminal && !isColorUnwanted())}\n`);
  const results = classify(
    model,
    digits,
    terminal ? (done) => write(`${CLEAR_LINE}  ${progressBar(done, digits.count, BAR_WIDTH)}`) : undefined,
  );
  write(`${terminal ? "\n\n" : ""}${summary(results, digits, keras)}\n`);
  await showAllSpeeds(model, digits);
  if (!onnx) return;
  const bytes = trace(model, input(["batch", 64])).toONNX();
  await writeFile("digits.onnx", bytes);
  write(`  Wrote digits.onnx, ${bytes.length} bytes\n\n`);
}

if (import.meta.main) await main();
