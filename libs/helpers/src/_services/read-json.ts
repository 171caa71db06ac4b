/** The JSON in an answer's text; undefined when it is none, which every schema of an answer refuses. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: for the caller the same as an answer that does not fit.
    return undefined;
  }
}
