import type { ContactSnapshots } from '../contact-snapshots.js';
import type { HelperFiles, HelperMail, HelperNotifications, PlatformKeys, StoredFile } from '../outside-ports.js';
import type { DryRunNotes } from './dry-run-notes.js';

/** Mails go nowhere; who would get them is real. */
export function recordingMail(mail: HelperMail, notes: DryRunNotes): HelperMail {
  return {
    async send(message) {
      notes.deliveries.push({ kind: 'mail', content: { ...message } });
      return { messageId: '<dry-run>' };
    },
    ownerAddress: () => mail.ownerAddress(),
  };
}

/** What is put can be read again in the same run. */
export function recordingFiles(files: HelperFiles, notes: DryRunNotes): HelperFiles {
  const made = new Map<string, StoredFile>();
  return {
    async put(file) {
      const { name, contentType, bytes } = file;
      const size = bytes.byteLength;
      const key = `dry-run/${name}`;
      made.set(key, file);
      notes.deliveries.push({ kind: 'file', content: { name, content_type: contentType, size } });
      return { key, size };
    },
    get: async (key) => made.get(key) ?? files.get(key),
  };
}

/** Nothing is kept. */
export function recordingSnapshots(notes: DryRunNotes): ContactSnapshots {
  return {
    async store({ takenAt, keepUntil, data }) {
      const content = { taken_at: takenAt.toISOString(), keep_until: keepUntil.toISOString(), data };
      notes.deliveries.push({ kind: 'snapshot', content });
    },
  };
}

/** Nobody is told anything. */
export function recordingNotifications(notes: DryRunNotes): HelperNotifications {
  return {
    async deliver({ secret, ...notification }) {
      if (secret !== undefined) notes.secrets.add(secret);
      notes.deliveries.push({ kind: 'notification', content: { ...notification } });
      return { recipient: notification.recipient ?? 'the owner of the account' };
    },
  };
}

/** Keys of the platform are needed to build requests, and appear in no report. */
export function recordingKeys(keys: PlatformKeys, notes: DryRunNotes): PlatformKeys {
  return {
    keyOf(service) {
      const key = keys.keyOf(service);
      notes.secrets.add(key);
      return key;
    },
  };
}
