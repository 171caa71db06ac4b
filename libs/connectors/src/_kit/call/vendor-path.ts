/** A path below a vendor's base address. */
export interface VendorPath {
  text: string;
  /** False when an id would have changed where the path leads: such a call is refused, not sent. */
  safe: boolean;
}

/** Empty ids and dots would make it another path: URLs resolve `.` and `..` even when they are encoded. */
const UNSAFE_ID = /^\.{0,2}$/;

/** Makes a path with encoded ids: path`/contacts/${contactId}/notes`. */
export function path(literals: TemplateStringsArray, ...ids: string[]): VendorPath {
  if (ids.some((id) => UNSAFE_ID.test(id) || !id.isWellFormed())) return { text: literals.join(''), safe: false };
  const text = literals.reduce((made, literal, index) => made + encodeURIComponent(ids[index - 1] ?? '') + literal);
  return { text, safe: true };
}
