/**
 * Every subject and stream name of the system; no other file spells one.
 * The prefix separates installations that share a broker (tests run one per suite).
 */
export type Lane = 'live' | 'bulk';
export const LANES: readonly Lane[] = ['live', 'bulk'];

export interface Subjects {
  /** Work of one helper type: `executions.<helper_type>.<lane>`. */
  job(helperType: string, lane: Lane): string;
  allJobs: string;
  /** A fact: `events.<domain>.<entity>.<fact>[.<detail>]`. */
  event(domain: string, entity: string, fact: string, detail?: string): string;
  allEvents: string;
  /** Execution events of one fact and all helper types. */
  executionEvents(fact: string): string;
  /** Core NATS request/reply. */
  question(service: string, name: string): string;
  /** Core NATS, not stored: executions of an account that have just changed. */
  live(accountId: string): string;
  /** A mail that is to be sent. */
  notifyEmail: string;
  allNotifications: string;
  deadLetter(kind: string): string;
  allDeadLetters: string;
  /** One journal entry of an execution: `effects.<execution token>.<step token>`. */
  effect(executionId: string, step: string): string;
  effectsOf(executionId: string): string;
  allEffects: string;
  /** A one-shot schedule and the subject its message is delivered on when due. */
  schedule(id: string): string;
  scheduleDue(kind: string): string;
  allSchedules: string;
  stream(name: StreamName): string;
  consumer(name: string): string;
  bucket(name: string): string;
}

export const STREAM_NAMES = ['EXECUTIONS', 'EVENTS', 'DEAD_LETTERS', 'SCHEDULES', 'EFFECTS', 'NOTIFY'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

/** Subject tokens may hold no dot, space or wildcard; ids with a colon are fine. */
const token = (text: string): string => text.replace(/[.\s*>]/g, '-');

/** @param prefix lower-case letters and digits, or empty */
export function subjectsFor(prefix: string): Subjects {
  const root = prefix === '' ? '' : `${prefix}.`;
  const name = prefix === '' ? '' : `${prefix}_`;
  return {
    job: (helperType, lane) => `${root}executions.${helperType}.${lane}`,
    allJobs: `${root}executions.>`,
    event: (domain, entity, fact, detail) =>
      `${root}events.${domain}.${entity}.${fact}${detail === undefined ? '' : `.${detail}`}`,
    allEvents: `${root}events.>`,
    executionEvents: (fact) => `${root}events.helpers.execution.${fact}.>`,
    question: (service, question) => `${root}questions.${service}.${question}`,
    live: (accountId) => `${root}live.executions.${token(accountId)}`,
    notifyEmail: `${root}notify.email`,
    allNotifications: `${root}notify.>`,
    deadLetter: (kind) => `${root}dead-letters.${kind}`,
    allDeadLetters: `${root}dead-letters.>`,
    effect: (executionId, step) => `${root}effects.${token(executionId)}.${token(step)}`,
    effectsOf: (executionId) => `${root}effects.${token(executionId)}.>`,
    allEffects: `${root}effects.>`,
    schedule: (id) => `${root}schedules.at.${token(id)}`,
    scheduleDue: (kind) => `${root}schedules.due.${kind}`,
    allSchedules: `${root}schedules.>`,
    stream: (stream) => `${name}${stream}`,
    consumer: (consumer) => consumer,
    bucket: (bucket) => `${name}${bucket}`,
  };
}

/** The prefix of this process, from `MFH_STREAM_PREFIX`. */
export const subjects: Subjects = subjectsFor((process.env['MFH_STREAM_PREFIX'] ?? '').replace(/_+$/, ''));
