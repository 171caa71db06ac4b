import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import type { ServiceConnections } from '../../_kit/service-connections.js';
import { answerFailure } from '../answer-failure.js';
import { readJson } from '../read-json.js';

/** A message to one place in Slack. */
export interface SlackMessage {
  text: string;
  channel?: string;
  username?: string;
  icon_emoji?: string;
}

const POST_MESSAGE = 'https://slack.com/api/chat.postMessage';
const TIMEOUT_MS = 15_000;
const PostAnswer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  channel: z.string().optional(),
});

/** Slack's own word for what is wrong, when it is one. */
const reasonIn = (text: string): string => (/^[a-z_]{1,60}$/.test(text.trim()) ? text.trim() : '');

/**
 * Posts by an incoming webhook, whose URL is the credential: it never appears in a failure.
 * @throws HelperFailure `upstream_error`, `rate_limited` (retry), and those of the HTTP port
 */
export async function postSlackWebhook(http: HelperHttp, url: string, message: SlackMessage): Promise<void> {
  const answer = await http.request({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(message),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status === 200 && answer.text.trim() === 'ok') return;
  throw answerFailure('Slack', answer, reasonIn(answer.text));
}

/** Bot token of the account's Slack connection. @throws HelperFailure `service_not_connected` */
export async function slackToken(services: ServiceConnections): Promise<string> {
  const { accessToken, apiKey } = await services.connection('slack');
  const token = accessToken ?? apiKey;
  if (token !== undefined) return token;
  throw new HelperFailure('service_not_connected', 'give_up', 'Connect Slack with a bot token.', { nothingDone: true });
}

/** Errors of Slack's API after which the same message can go through later. */
const PASSING = new Set(['ratelimited', 'service_unavailable', 'internal_error', 'fatal_error', 'request_timeout']);

/**
 * Posts as the bot of a workspace.
 * @returns the message's time stamp, which is its id in the channel
 * @throws HelperFailure `upstream_error`, `rate_limited` (retry), `bad_response`, and those of the HTTP port
 */
export async function postSlackMessage(
  http: HelperHttp,
  token: string,
  message: SlackMessage & { channel: string },
): Promise<{ reference: string }> {
  const answer = await http.request({
    method: 'POST',
    url: POST_MESSAGE,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(message),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status !== 200) throw answerFailure('Slack', answer);
  const parsed = PostAnswer.safeParse(readJson(answer.text));
  if (!parsed.success) throw new HelperFailure('bad_response', 'give_up', 'Slack gave an answer that cannot be read.');
  const { ok, error = 'unknown_error', ts = '' } = parsed.data;
  if (ok) return { reference: ts };
  const passing = PASSING.has(error);
  throw new HelperFailure(
    'upstream_error',
    passing ? 'retry' : 'give_up',
    `Slack did not take the message (${error}).`,
    {
      nothingDone: !passing || error === 'ratelimited',
    },
  );
}
