/**
 * How well one time tells two kinds of answers apart: the share of pairs in which the first kind took longer. 0.5 is
 * pure chance, 0 and 1 mean that every single answer gives it away. It compares ranks, so a few slow answers of a busy
 * machine do not matter.
 */
export function shareOfLonger(first: readonly number[], second: readonly number[]): number {
  const points = first.flatMap((one) => second.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return points.reduce((sum: number, point) => sum + point, 0) / points.length;
}

/**
 * How far chance alone takes {@link shareOfLonger} from 0.5: four standard deviations for `count` answers of each kind
 * without any difference, which is exceeded once in 16,000 runs.
 */
export const withinNoise = (count: number): number => 4 * Math.sqrt((2 * count + 1) / (12 * count * count));
