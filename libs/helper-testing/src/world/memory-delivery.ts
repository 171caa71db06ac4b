import {
  HelperFailure,
  type ContactSnapshot,
  type ContactSnapshots,
  type HelperDns,
  type HelperFiles,
  type HelperMail,
  type HelperNotifications,
  type MailMessage,
  type Notification,
  type PlatformKeys,
  type StoredFile,
} from '#helpers';

/** The mail server of a case: takes everything. */
export class MemoryMail implements HelperMail {
  readonly sent: MailMessage[] = [];

  async send(message: MailMessage, idempotencyKey: string): Promise<{ messageId: string }> {
    this.sent.push(message);
    return { messageId: `<${idempotencyKey}@memory>` };
  }

  ownerAddress(): Promise<string> {
    return Promise.resolve('owner@example.com');
  }
}

/**
 * Names of a case: mail hosts by domain. `SERVFAIL` among them is a server failure, `ADDRESS` an address record
 * without mail hosts.
 */
export class MemoryDns implements HelperDns {
  readonly #hosts: Readonly<Record<string, readonly string[]>>;

  constructor(hosts: Readonly<Record<string, readonly string[]>>) {
    this.#hosts = hosts;
  }

  async mailHosts(domain: string): Promise<readonly string[] | null> {
    const hosts = this.#of(domain);
    return hosts === undefined ? null : hosts.filter((host) => host !== 'ADDRESS');
  }

  async hasAddress(domain: string): Promise<boolean> {
    return this.#of(domain)?.includes('ADDRESS') === true;
  }

  #of(domain: string): readonly string[] | undefined {
    const hosts = this.#hosts[domain];
    if (hosts?.includes('SERVFAIL') !== true) return hosts;
    throw new HelperFailure('dns_error', 'retry', 'The domain name system did not answer.');
  }
}

/** Files of a case, under the names by which it speaks of them, and those that a run puts. */
export class MemoryFiles implements HelperFiles {
  readonly stored: StoredFile[] = [];
  readonly #files = new Map<string, StoredFile>();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, content] of Object.entries(files)) {
      this.#files.set(`$TMP/${name}`, { name, contentType: 'text/plain', bytes: Buffer.from(content) });
    }
  }

  async put(file: StoredFile): Promise<{ key: string; size: number }> {
    const key = `account_a1/exec_1/${file.name}`;
    this.#files.set(key, file);
    this.stored.push(file);
    return { key, size: file.bytes.byteLength };
  }

  async get(key: string): Promise<StoredFile | null> {
    return this.#files.get(key) ?? null;
  }
}

/** Keeps contacts as they were. */
export class MemorySnapshots implements ContactSnapshots {
  readonly stored = new Map<string, ContactSnapshot>();

  async store(snapshot: ContactSnapshot): Promise<void> {
    if (!this.stored.has(snapshot.id)) this.stored.set(snapshot.id, structuredClone(snapshot));
  }
}

/** Takes note of notifications. */
export class MemoryNotifications implements HelperNotifications {
  readonly delivered: Notification[] = [];

  async deliver(notification: Notification): Promise<{ recipient: string; reference?: string }> {
    this.delivered.push(notification);
    return { recipient: notification.recipient ?? 'owner@example.com' };
  }
}

const KEYS: Readonly<Record<string, string>> = { klean13: 'k13-key' };

/** Keys of the platform that cases speak of. */
export const memoryPlatformKeys: PlatformKeys = {
  keyOf(service) {
    const key = KEYS[service];
    if (key !== undefined) return key;
    throw new HelperFailure('service_not_configured', 'give_up', `There is no key for ${service}.`);
  },
};
