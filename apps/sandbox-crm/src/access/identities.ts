import { DEMO_KEY, KEY_PREFIX } from '../demo-facts.js';

/**
 * Who speaks. All connections see the same contacts, as several integrations of one CRM account do; they differ in
 * tenant, subject, rate limit counters and tokens.
 */
export interface Identity {
  connection: string;
  /** Stable for the connection's name, so that connecting again is recognised. */
  subject: string;
  tenantId: string;
}

/** Keys that never expire: the demo key, `sandbox-key-<name>` and those from the configuration. */
export class Keys {
  readonly #known = new Map<string, Identity>();
  readonly #extra: ReadonlyMap<string, string>;

  /** `extra` maps further keys to the names of their connections. */
  constructor(extra: Readonly<Record<string, string>>) {
    this.#extra = new Map(Object.entries(extra));
  }

  identify(key: string): Identity | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const connection = this.#connectionOf(key);
    if (connection === undefined) return undefined;
    const identity = identityOf(connection);
    this.#known.set(key, identity);
    return identity;
  }

  #connectionOf(key: string): string | undefined {
    if (key === DEMO_KEY) return 'demo';
    if (key.startsWith(KEY_PREFIX) && key.length > KEY_PREFIX.length) return key.slice(KEY_PREFIX.length);
    return this.#extra.get(key);
  }
}

export function identityOf(connection: string): Identity {
  const number = connection === 'demo' ? 1 : 100_000 + (fnv1a(connection) % 900_000_000);
  return { connection, subject: String(number), tenantId: `sbx${number}` };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
