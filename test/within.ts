/**
 * Waits that end: a device or a thread that does not answer fails a test, which says what it waited for.
 *
 * @module
 */

/** Waits for a promise for half a minute, or as many milliseconds as given, then says what was waited for. */
export async function within<T>(what: string, promise: Promise<T>, limit = 30_000): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${limit / 1000} s for ${what}`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
