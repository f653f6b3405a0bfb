/**
 * The lines of fixtures that fail, kept to be run one by one.
 *
 * @module
 */
const attempts: (() => unknown)[] = [];

/** Keeps `attempt`, which the compiler refuses and which throws the same sentence when it runs. */
export function fails(attempt: () => unknown): void {
  attempts.push(attempt);
}

/** The attempts since the last time, in the order of their lines. */
export function takeAttempts(): (() => unknown)[] {
  return attempts.splice(0);
}
