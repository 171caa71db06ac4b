export interface WaitOptions {
  /** Longest wait in milliseconds (5,000). */
  deadlineMs?: number;
  /** Pause between two looks in milliseconds (20). */
  everyMs?: number;
  /** What is awaited, for the error: "the execution to complete". */
  what?: string;
}

/** Values that mean "not yet". */
type NotYet = false | null | undefined;

/**
 * Looks again and again until a condition holds, and returns what the look returned.
 * A look that throws counts as "not yet"; its error becomes the cause when the deadline passes.
 * @throws Error naming what was awaited when the deadline passes
 */
export async function waitFor<T>(look: () => T | NotYet | Promise<T | NotYet>, options: WaitOptions = {}): Promise<T> {
  const { deadlineMs = 5_000, everyMs = 20, what = 'the condition' } = options;
  const deadline = Date.now() + deadlineMs;
  let lastError: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== false && seen !== null && seen !== undefined) return seen;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`, { cause: lastError });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
