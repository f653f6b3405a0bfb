/**
 * Options that there are not.
 *
 * @module
 */
import { InputError } from "../shape/error.ts";
import { Tensor } from "./tensor.ts";

/** Whether an option has another name than all that there are, or only one that is written in another way. */
export type Strictness = "all" | "respelled";

/**
 * Refuses options of names that there are not, and what is no record of options.
 *
 * @param attempt What the options are for, as an error begins: `Cannot apply sum`.
 * @param options What was given as options; `undefined` is none.
 * @param names The names of the options that there are.
 * @param owner What has the options, as the error calls it. Default: `"it"`.
 * @param strictness With `"respelled"` a name is refused only where one that there is differs in case or underscores.
 * @throws {InputError} If there is no such option. The message says which one is meant, and which there are.
 */
export function checkOptions(
  attempt: string,
  options: unknown,
  names: readonly string[],
  owner = "it",
  strictness: Strictness = "all",
): void {
  if (options === undefined) return;
  if (!isOptions(options)) {
    const example = names.length === 0 ? "none" : `a record of options, such as { ${names[0]}: ... }`;
    throw new InputError(`${attempt}: expected ${example}, received ${kindOf(options)}`);
  }
  for (const name in options) {
    const value = (options as { readonly [name: string]: unknown })[name];
    if (names.includes(name) || value === undefined) continue;
    const meant = optionMeant(name, names);
    const isRespelled = meant !== undefined && plain(meant) === plain(name);
    if (!isRespelled && strictness === "respelled") continue;
    throw new InputError(
      `${attempt}: ${owner} has no option ${name}, received ${show(value)}; ` +
        (meant === undefined ? "" : `did you mean ${meant}? `) + `There are ${names.join(", ") || "none"}`,
    );
  }
}

function isOptions(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) &&
    !(value instanceof Tensor);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : Object(value) === value ? kindOf(value) : String(value);
}

/** A word or two for the kind of a value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const { name = "Object" } = value.constructor ?? {};
  return value instanceof Tensor ? "a tensor" : name === "Object" ? "a record" : `a ${name}`;
}

/** A name without case and underscores. */
function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** The name that differs in the fewest letters, at most a third of them; case and underscores count for nothing. */
export function optionMeant(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.floor(name.length / 3) + 1;
  for (const known of names) {
    const distance = editDistance(plain(name), plain(known));
    if (distance < least) [best, least] = [known, distance];
  }
  return best;
}

/** The number of letters that must be put in, left out or replaced to make one text of the other (Levenshtein, 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
