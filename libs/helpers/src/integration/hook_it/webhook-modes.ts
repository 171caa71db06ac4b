import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperAction, HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { stopsRun } from '../../_kit/run-failure.js';
import { deliver, delivered, type Delivery } from './deliver.js';
import type { HookItConfig } from './hook-it.config.js';
import { mapAnswer } from './map-answer.js';
import { contactBody, shapedBody } from './payload.js';
import { fillUrl } from './webhook-url.js';

type Context = RunContext<HookItConfig>;

const MOST_ATTEMPTS = 10;

function attemptsOf({ retry_enabled: enabled, retry_max_attempts: wanted }: HookItConfig): number {
  return enabled ? Math.min(Math.max(Math.trunc(wanted), 1), MOST_ATTEMPTS) : 1;
}

const upstreamFailure = (status: number) => ({
  code: 'upstream_error',
  class: 'give_up' as const,
  message: `The receiver answered ${status}.`,
});

function singleResult(url: string, delivery: Delivery, more: Record<string, unknown>): HelperResult {
  const { status, text } = delivery;
  const success = delivered(delivery);
  return {
    success,
    modifiedData: { webhook_url: url, webhook_status_code: status, webhook_response: text, ...more },
    actions: [{ type: 'webhook_called', target: url, value: String(status) }],
    ...(success ? {} : { failure: upstreamFailure(status) }),
  };
}

/** v2, and v4 with one target: the contact, with retries and values copied back. */
export async function runSingle(context: Context): Promise<HelperResult> {
  const { config } = context;
  const url = await fillUrl(context, config.webhook_url ?? '');
  const body = await contactBody(context);
  const call = { part: '', method: config.webhook_method, url, body, attempts: attemptsOf(config) };
  const delivery = await deliver(context, call);
  const result = singleResult(url, delivery, { webhook_attempts: delivery.attempts });
  if (!result.success) return result;
  return { ...result, actions: [...(result.actions ?? []), ...(await mapAnswer(context, delivery.text))] };
}

/** v3: a body made by rules and transforms, one attempt. */
export async function runShaped(context: Context): Promise<HelperResult> {
  const { config } = context;
  const url = await fillUrl(context, config.webhook_url ?? '');
  const body = await shapedBody(context);
  const delivery = await deliver(context, { part: '', method: config.webhook_method, url, body, attempts: 1 });
  return singleResult(url, delivery, { payload: body });
}

/** A call over the limit hands the run back; calls made before are journalled and not made again. */
async function checkRateLimit({ config, counters, effect, identity }: Context, part: string): Promise<void> {
  if (!config.rate_limit_enabled) return;
  const key = `webhook:${identity.helperId}:per_minute`;
  const { allowed } = await effect(
    { step: `count-${part}`, operation: 'count', target: key, summary: 'Count this call' },
    () => counters.countInWindow(key, config.rate_limit_rpm, 60, part),
  );
  if (allowed) return;
  const message = `More than ${config.rate_limit_rpm} calls a minute.`;
  throw new HelperFailure('rate_limit_exceeded', 'retry', message, { retryAfterMs: 60_000 });
}

async function runBatch(context: Context): Promise<HelperResult> {
  const body = await contactBody(context);
  const results: Record<string, unknown>[] = [];
  const actions: HelperAction[] = [];
  for (const [index, { url: template = '', method }] of context.config.batch_webhooks.entries()) {
    if (template === '') continue;
    await checkRateLimit(context, String(index));
    const url = await fillUrl(context, template);
    const entry = { index, url, method };
    try {
      const delivery = await deliver(context, { part: String(index), method, url, body, attempts: 1 });
      const success = delivered(delivery);
      results.push({ ...entry, status_code: delivery.status, success, response: delivery.text });
      if (success) actions.push({ type: 'webhook_called', target: url, value: String(delivery.status) });
      else context.warn(`Webhook ${index} answered ${delivery.status}.`);
    } catch (error) {
      if (!(error instanceof HelperFailure) || stopsRun(error)) throw error;
      results.push({ ...entry, status_code: 0, success: false, error: error.code });
      context.warn(`Webhook ${index} failed: ${error.message}`);
    }
  }
  const modifiedData = { batch_results: results, batch_count: results.length, success_count: actions.length };
  if (actions.length > 0) return { success: true, modifiedData, actions };
  const failure = { code: 'upstream_error', class: 'give_up' as const, message: 'No webhook succeeded.' };
  return { success: false, modifiedData, actions, failure };
}

/** v4: a list of targets or a single one, within the helper's rate limit. */
export async function runLimited(context: Context): Promise<HelperResult> {
  if (context.config.batch_webhooks.length > 0) return runBatch(context);
  await checkRateLimit(context, 'single');
  return runSingle(context);
}
