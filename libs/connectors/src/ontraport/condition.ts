/** One comparison; all that are given must hold. */
export interface Comparison {
  field: string;
  value: string;
}

/**
 * Ontraport's `condition`: a JSON array of clauses with the word AND between them. Values are members of it and never
 * part of a statement, so no value can ask for something else.
 */
export function condition(comparisons: readonly Comparison[]): string | undefined {
  if (comparisons.length === 0) return undefined;
  const clauses = comparisons.flatMap(({ field, value }, index) => [
    ...(index === 0 ? [] : ['AND']),
    { field: { field }, op: '=', value: { value } },
  ]);
  return JSON.stringify(clauses);
}
