import { isoTime } from '../../store/iso-time.js';

export type WireTexts = Record<string, string | null>;

/** Contacts, notes and deals look alike; an empty text is null. */
export function objectView(id: string, properties: WireTexts, times: { createdAt: number; updatedAt: number }) {
  const values = Object.entries(properties).map(([name, text]) => [name, text === '' ? null : text]);
  return {
    id,
    properties: Object.fromEntries(values) as WireTexts,
    createdAt: isoTime(times.createdAt),
    updatedAt: isoTime(times.updatedAt),
    archived: false,
  };
}

export type WireObject = ReturnType<typeof objectView>;

/** The answer to a batch: what could not be read is told inside a success, with a status of its own. */
export function batchAnswer(ids: readonly string[], view: (id: string) => WireObject | undefined) {
  const results = ids.flatMap((id) => view(id) ?? []);
  const missing = ids.filter((id) => !results.some((result) => result.id === id));
  const now = isoTime(Date.now());
  const body = { status: 'COMPLETE', results, startedAt: now, completedAt: now };
  if (missing.length === 0) return { status: 200, body };
  const message = 'Could not get some objects, they may be deleted or not exist. Check that ids are valid.';
  const error = { status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: missing } };
  return { status: 207, body: { ...body, numErrors: 1, errors: [error] } };
}
