/** One thing an operator can ask for. */
export interface Command {
  /** The words that select it: `streams status`. */
  words: string;
  /** What follows the words: `ACCOUNT PLAN`. */
  usage: string;
  summary: string;
  /** @param args what followed the words @throws UsageError when they do not fit */
  run(args: string[]): Promise<void>;
}

/** The command was understood but not its arguments; the message says what is wrong with them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something outside the command prevents it; the message is one sentence that says what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** Writes a line to the terminal. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
