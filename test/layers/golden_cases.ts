/** Numbers of Keras, a file for each family of layers: the options in Keras's words, and how they are ours. */
import { readFileSync } from "node:fs";

/** The cases of one file in `test/golden`. */
export function goldenCases<Case>(file: string): readonly Case[] {
  // Not through Deno: Bun and Node run this module as it is.
  return JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8")) as Case[];
}

/** Names of options in camel case. */
export function camelCase(options: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [camel(name), option]));
}
