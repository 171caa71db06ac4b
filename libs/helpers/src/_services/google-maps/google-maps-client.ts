import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

const BASE_URL = 'https://maps.googleapis.com/maps/api';
const TIMEOUT_MS = 5_000;

const Point = z.object({ lat: z.number(), lng: z.number() });
const Geocoded = z.object({
  status: z.string(),
  results: z.array(z.object({ geometry: z.object({ location: Point }) })).default([]),
});
const Zone = z.object({ status: z.string(), timeZoneId: z.string().optional() });

export type Point = z.infer<typeof Point>;

/** Google's words for trouble that passes. */
const PASSING: ReadonlySet<string> = new Set(['OVER_QUERY_LIMIT', 'OVER_DAILY_LIMIT', 'UNKNOWN_ERROR']);

async function ask<Schema extends z.ZodType<{ status: string }>>(
  http: HelperHttp,
  path: string,
  query: Record<string, string>,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const url = `${BASE_URL}/${path}/json?${new URLSearchParams(query).toString()}`;
  const answer = await http.request({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  if (answer.status !== 200) throw answerFailure('Google Maps', answer);
  const parsed = schema.safeParse(readJson(answer.text));
  if (!parsed.success)
    throw new HelperFailure('bad_response', 'retry', 'Google Maps gave an answer that cannot be read.');
  const { status } = parsed.data;
  if (status === 'ZERO_RESULTS') return null;
  if (status === 'OK') return parsed.data;
  const passing = PASSING.has(status);
  throw new HelperFailure('lookup_failed', passing ? 'retry' : 'give_up', `Google Maps answered ${status}.`);
}

/**
 * Finds a postal address on the map.
 * @returns null when it is not known
 * @throws HelperFailure `lookup_failed`, `upstream_error`, `bad_response`, and those of the HTTP port
 */
export async function geocode(http: HelperHttp, key: string, address: string): Promise<Point | null> {
  const found = await ask(http, 'geocode', { address, key }, Geocoded);
  return found?.results[0]?.geometry.location ?? null;
}

/** The IANA zone of a point; null on the high seas. @throws as {@link geocode} */
export async function zoneAt(http: HelperHttp, key: string, { lat, lng }: Point, at: Date): Promise<string | null> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const found = await ask(http, 'timezone', { location: `${lat},${lng}`, timestamp, key }, Zone);
  return found?.timeZoneId ?? null;
}
