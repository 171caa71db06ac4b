/**
 * Takes what is due, up to `most` at once. One question shows whether there is anything: asking for many each time
 * would keep the database busy while nothing happens.
 * @param take claims one for this process; null when nothing is due
 */
export async function takeDue<T>(take: () => Promise<T | null>, most: number): Promise<T[]> {
  const first = await take();
  if (first === null) return [];
  const more = await Promise.all(Array.from({ length: most - 1 }, take));
  return [first, ...more.filter((one) => one !== null)];
}
