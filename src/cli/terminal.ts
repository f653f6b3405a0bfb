/**
 * The terminal, in every runtime, without asking for a permission.
 *
 * @module
 */
import { writeSync } from "node:fs";
import process from "node:process";
import { isatty } from "node:tty";

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** Writes to the standard output before it returns, so that progress is seen while the program works. */
export function write(text: string): void {
  writeTo(STANDARD_OUTPUT, text);
}

/** Writes to the standard error. */
export function writeError(text: string): void {
  writeTo(STANDARD_ERROR, text);
}

function writeTo(descriptor: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

/** Whether the standard output is a terminal, and not a file or another program. */
export function isTerminal(): boolean {
  return isatty(STANDARD_OUTPUT);
}

/** Whether the user has asked for output without colors. */
export function isColorUnwanted(): boolean {
  // Deno lets every program know this one variable, but not read it from the environment.
  const { Deno: deno } = globalThis as { readonly Deno?: { readonly noColor: boolean } };
  return deno?.noColor ?? (process.env.NO_COLOR ?? "") !== "";
}
