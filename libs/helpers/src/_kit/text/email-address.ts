/** A local part as mail servers take it without quotes (RFC 5321, dot-atom), letters of any script allowed (RFC 6531). */
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;

export interface EmailAddress {
  local: string;
  /** As name servers are asked for it: lower case, other scripts in their ASCII form. */
  domain: string;
}

/** The domain in ASCII, or null when it can be none: at least two labels, the last one not a number. */
function asciiDomain(domain: string): string | null {
  // What a URL would read as something else than a name.
  if (/[\s/\\?#@:[\]%]/u.test(domain)) return null;
  const host = URL.parse(`http://${domain}`)?.hostname ?? '';
  const labels = host.split('.');
  const valid =
    host.length <= LONGEST_DOMAIN &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /^(?:xn--.+|[a-z]{2,})$/.test(labels.at(-1) ?? '');
  return valid ? host : null;
}

/** Reads the address of one mailbox. @returns null when it cannot be one */
export function readEmailAddress(text: string): EmailAddress | null {
  const at = text.lastIndexOf('@');
  if (at < 1) return null;
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null || local.length > LONGEST_LOCAL || !LOCAL.test(local)) return null;
  return { local, domain };
}
