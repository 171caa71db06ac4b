/** One e-mail to one person. Header values may hold anything: line breaks never reach a header. */
export interface MailMessage {
  to: string;
  subject: string;
  body: string;
  contentType: 'text/plain' | 'text/html';
  /** The platform's own sender when left out. */
  from?: { name: string; email: string };
  replyTo?: string;
  /** Offers the recipient's mail program a way out; for everything that is not about the recipient's own account. */
  unsubscribeTo?: string;
}

export interface HelperMail {
  /**
   * @param idempotencyKey becomes part of the message id, so that a repeated message can be recognised
   * @throws HelperFailure `mail_not_configured`, `sender_not_verified`, `mail_refused` (give up), `mail_unavailable` (retry)
   */
  send(message: MailMessage, idempotencyKey: string): Promise<{ messageId: string }>;
  /**
   * Address of the person who owns the run's account.
   * @throws HelperFailure `owner_unknown` (retry)
   */
  ownerAddress(): Promise<string>;
}

/** What the domain name system says about mail to a domain. An answer that is not authoritative is a failure. */
export interface HelperDns {
  /**
   * @returns hosts that take mail, best first; empty when the domain names none; null when there is no such domain
   * @throws HelperFailure `dns_error` (retry)
   */
  mailHosts(domain: string): Promise<readonly string[] | null>;
  /** @throws HelperFailure `dns_error` (retry) */
  hasAddress(domain: string): Promise<boolean>;
}

export interface StoredFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Files of the run's account, outside the process. */
export interface HelperFiles {
  /**
   * Keeps a file. The same execution and name give the same key, so that doing it again changes nothing.
   * @returns the key, by which the account's helpers and signed links find it
   * @throws HelperFailure `file_store_error` (retry)
   */
  put(file: StoredFile): Promise<{ key: string; size: number }>;
  /** @returns null when the account has no such file. @throws HelperFailure `file_store_error` (retry) */
  get(key: string): Promise<StoredFile | null>;
}

export const NOTIFICATION_CHANNELS = ['email', 'slack', 'webhook'] as const;

/** A message about a contact, for people. */
export interface Notification {
  channel: (typeof NOTIFICATION_CHANNELS)[number];
  /** Address, Slack channel or webhook, or URL; left out only for e-mail: then the account's owner. */
  recipient?: string;
  subject: string;
  message: string;
  /** Fields of the contact, for receivers that are programs. */
  contact: Readonly<Record<string, string>>;
  /** Signs what a webhook receives. */
  secret?: string;
}

export interface HelperNotifications {
  /**
   * @returns where it went and the id that the other side gave it, if any
   * @throws HelperFailure
   */
  deliver(notification: Notification, idempotencyKey: string): Promise<{ recipient: string; reference?: string }>;
}

/** Keys of services that the platform itself pays for. */
export interface PlatformKeys {
  /** @throws HelperFailure `service_not_configured` (give up) */
  keyOf(service: string): string;
}
