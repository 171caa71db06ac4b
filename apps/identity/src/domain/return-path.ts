/**
 * Where the web client goes on after a sign-in elsewhere: a path of the client, and nothing that a browser could take
 * for another site.
 */
export function isReturnPath(text: string): boolean {
  return /^\/(?![/\\])[\u0021-\u007e]*$/.test(text) && !text.includes('\\');
}
