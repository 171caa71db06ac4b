export const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const;

/** The option after the one whose letter is stored, in a circle; the first one when no letter of an option is. */
export function nextIndex(letter: string, options: number): number {
  const last = LETTERS.slice(0, options).findIndex((each) => each === letter);
  return (last + 1) % options;
}

/** How often each option comes, and how far it is ahead; after each turn the one that came falls back by all. */
function spread(weights: readonly number[], turn: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  let chosen = 0;
  for (let each = 0; each <= turn % total; each += 1) {
    weights.forEach((weight, index) => (credit[index] = (credit[index] ?? 0) + weight));
    chosen = credit.indexOf(Math.max(...credit));
    credit[chosen] = (credit[chosen] ?? 0) - total;
  }
  return chosen;
}

/**
 * The option of a turn, counted from 1. Of equal options the first turn takes the second one. Weighted options come
 * evenly spread, and within a full round exactly as often as their weights say.
 */
export function indexOfTurn(turn: number, weights: readonly number[]): number {
  const equal = weights.every((weight) => weight === weights[0]);
  return equal ? turn % weights.length : spread(weights, turn - 1);
}
