/**
 * Runs commands in a terminal of their own, as `script` of util-linux makes one: there Deno asks for a permission that a
 * program lacks, and waits for an answer, where without a terminal it refuses without a word.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The repository's root. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** How a command has done. */
export interface Session {
  /** What the terminal showed, without colors and movements. */
  readonly output: string;
  /** The exit code, or `undefined` if the command was stopped. */
  readonly code: number | undefined;
}

/** How long a command is watched. */
export interface Watch {
  readonly cwd?: string;
  /** What the terminal shows when enough was seen: the command is stopped there. Default: it runs to its end. */
  readonly until?: RegExp;
  /** Seconds after which enough was seen; without them, a command that takes four minutes has failed. */
  readonly seconds?: number;
}

/** What Deno shows when it asks. */
const QUESTION = /Deno requests[^\n]*|Allow\? \[y\/n/;
const LIMIT = 240;

/** Whether tests may start programs here, and there is a terminal for them; says so if there is none. */
export async function hasTerminal(): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "run", command: "script" });
  const found = state === "granted" && await isFromUtilLinux();
  // deno-lint-ignore no-console -- whoever runs the tests should know
  if (!found) console.log("There is no terminal: script of util-linux is missing, or may not be run");
  return found;
}

/** Other systems have programs of the same name with other options. */
async function isFromUtilLinux(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("script", { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Runs Deno in a terminal.
 *
 * @throws {Error} If it asks for a permission, or takes too long.
 */
export async function runInTerminal(args: readonly string[], watch: Watch = {}): Promise<Session> {
  const { cwd = root, until, seconds } = watch;
  const command = [Deno.execPath(), ...args].map(quote).join(" ");
  const child = new Deno.Command("script", {
    // Deno draws its bars only where it knows how large the terminal is.
    args: ["--quiet", "--return", "--command", `stty rows 40 cols 120; unset DENO_NO_PROMPT; ${command}`, "/dev/null"],
    cwd,
    env: { NO_COLOR: "1", SHELL: "/bin/sh" },
    stdin: "null",
    stdout: "piped",
    // It says that it was stopped, which is what the test wanted.
    stderr: "null",
  }).spawn();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    child.kill();
  };
  const timer = setTimeout(stop, (seconds ?? LIMIT) * 1000);
  let received = "";
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    received += text;
    output = stripVTControlCharacters(received).replaceAll("\r", "");
    if (!isOver && (QUESTION.test(output) || until?.test(output))) stop();
  }
  clearTimeout(timer);
  const { code } = await child.status;
  const question = QUESTION.exec(output);
  if (question) throw new Error(`deno ${args.join(" ")} asked for a permission: ${question[0]}`);
  if (isOver && seconds === undefined && !until?.test(output)) {
    throw new Error(`deno ${args.join(" ")} was not through after ${LIMIT} s: ${output}`);
  }
  return { output, code: isOver ? undefined : code };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
