let ending: Promise<void> | undefined;

/**
 * Resolves when this turn of the event loop has handled everything that had arrived. Whoever waits for it and then
 * publishes shares one write to the broker with all others of that turn: a write of its own costs more than the
 * message in it. While little is going on the turn ends at once.
 */
export function endOfTurn(): Promise<void> {
  ending ??= new Promise((resolve) => {
    setImmediate(() => {
      ending = undefined;
      resolve();
    });
  });
  return ending;
}
