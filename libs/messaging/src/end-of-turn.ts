/** A turn that ends so soon after the last one is left open for as long again: that much going on is load. */
const APART_MS = 1;

let ending: Promise<void> | undefined;
let lastEnd = 0;

/**
 * Resolves when this turn of the event loop has handled everything that had arrived. Whoever waits for it and then
 * publishes shares one write to the broker with all others of that turn: a write of its own costs more than the
 * message in it. While little is going on the turn ends at once; under load turns are at least a millisecond apart.
 */
export function endOfTurn(): Promise<void> {
  ending ??= new Promise((resolve) => {
    const end = (): void => {
      ending = undefined;
      lastEnd = performance.now();
      resolve();
    };
    if (performance.now() - lastEnd < APART_MS) setTimeout(end, APART_MS);
    else setImmediate(end);
  });
  return ending;
}
