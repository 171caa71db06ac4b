import type { MailMessage, StoredFile } from '#helpers';
import type { Expectation } from '../vector-case.js';
import type { World } from '../world/world.js';
import { compareValues } from './compare-values.js';
import { sheetRows } from './sheet-rows.js';

/** How a case speaks of a message. */
const asInCases = ({ to, subject, body, from, contentType, replyTo }: MailMessage): Record<string, unknown> => ({
  to,
  subject,
  body,
  from_name: from?.name,
  from_email: from?.email,
  content_type: contentType,
  reply_to: replyTo,
});

/** What cases write for something that only the platform knows. */
const isPlaceholder = (value: unknown): boolean => typeof value === 'string' && /^<.*>$/.test(value);

function compareNamed(wanted: Record<string, unknown>, found: Record<string, unknown>, path: string): string[] {
  return Object.entries(wanted).flatMap(([key, value]) =>
    isPlaceholder(value) && found[key] === undefined ? [] : compareValues(value, found[key], `${path}.${key}`),
  );
}

function compareMail(wanted: Record<string, unknown>, sent: readonly MailMessage[]): string[] {
  const [message, ...more] = sent;
  if (message === undefined) return ['mail should be sent, but was not'];
  return [
    ...compareNamed(wanted, asInCases(message), 'mail'),
    ...more.map(({ to }) => `mail to ${to} should not be sent`),
  ];
}

/** Excel needs the mark to read other than Latin letters; cases describe the text behind it. */
const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '');

function compareFile(wanted: Record<string, unknown>, stored: readonly StoredFile[]): string[] {
  const file = stored.at(-1);
  if (file === undefined) return ['a file should be stored, but was not'];
  const { name, content, sheet_rows: rows, ...unknown } = wanted;
  return [
    ...(name === undefined ? [] : compareValues(name, file.name, 'file.name')),
    ...(content === undefined
      ? []
      : compareValues(content, withoutByteOrderMark(Buffer.from(file.bytes).toString('utf8')), 'file.content')),
    ...(rows === undefined ? [] : compareValues(rows, sheetRows(file.bytes), 'file.sheet_rows')),
    ...Object.keys(unknown).map((key) => `this runner cannot compare file.${key}`),
  ];
}

/** A message to that address with a link to a page of the platform. */
const asksForConfirmation = (world: World, email: unknown): boolean =>
  world.mail.sent.some(({ to, body }) => to === email && body.includes('https://app.example.com/t/'));

function compareEffect({ kind, ...effect }: Record<string, unknown>, index: number, world: World): string[] {
  switch (kind) {
    case 'notification': {
      const found = world.notifications.delivered[index];
      if (found === undefined) return ['a notification should be delivered, but was not'];
      return compareNamed(effect, { ...found }, `effects[${index}]`);
    }
    case 'confirmation_requested':
      return asksForConfirmation(world, effect['email'])
        ? []
        : [`${String(effect['email'])} should be asked for confirmation, but was not`];
    case 'snapshot_stored':
      return [...world.snapshots.stored.values()].some(({ data }) => data['contact_id'] === effect['contact_id'])
        ? []
        : [`a snapshot of ${String(effect['contact_id'])} should be stored, but was not`];
    default:
      return [`this runner cannot check effects of kind ${String(kind)}`];
  }
}

function compareEffects(wanted: readonly Record<string, unknown>[], world: World): string[] {
  const { delivered } = world.notifications;
  const more = delivered.slice(wanted.length).map(({ channel }) => `a notification by ${channel} is too many`);
  return [...wanted.flatMap((effect, index) => compareEffect(effect, index, world)), ...more];
}

/** Compares what a run really delivered beside CRM and HTTP: mail, files, notifications. */
export function compareDeliveries(expected: Expectation, world: World): string[] {
  return [
    ...(expected.mail === undefined ? [] : compareMail(expected.mail, world.mail.sent)),
    ...(expected.file === undefined ? [] : compareFile(expected.file, world.files.stored)),
    ...(expected.effects === undefined ? [] : compareEffects(expected.effects, world)),
  ];
}
