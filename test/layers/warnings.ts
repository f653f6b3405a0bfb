/** Runs an action, and gives what was warned of. */
export function warningsOf(action: () => void): string[] {
  const warnings: string[] = [];
  const { warn } = console;
  // deno-lint-ignore no-console -- what it is told is what is tested
  console.warn = (text: string) => warnings.push(text);
  try {
    action();
  } finally {
    // deno-lint-ignore no-console -- as it was
    console.warn = warn;
  }
  return warnings;
}
