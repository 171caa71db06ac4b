/**
 * An error whose message is one sentence for the person at the terminal: what is wrong and what to do.
 * Entry points print it without a stack; any other error keeps its stack because it is a defect.
 */
export class PlainError extends Error {
  name = 'PlainError';
}

/** Prints an error the way its kind deserves and returns the process exit code. */
export function report(error) {
  console.error(error instanceof PlainError ? error.message : error);
  return 1;
}
