/** The bytes of a base64 text that is known to be one. */
export const base64Bytes = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
