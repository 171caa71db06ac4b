import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { deliver, delivered } from './deliver.js';
import type { HookItConfig } from './hook-it.config.js';
import { unixSeconds } from './payload.js';
import { fromInput } from './triggering-event.js';
import { fillUrl } from './webhook-url.js';

/** Reacts to a tag that was applied or removed: a goal, a webhook, or both. */
export async function runByTag(context: RunContext<HookItConfig>): Promise<HelperResult> {
  const { config, crm, identity } = context;
  const tag = fromInput(context, 'tag_id') ?? config.triggered_tag_id ?? '';
  const event = fromInput(context, 'event', 'hook_action', 'tag_event') ?? config.triggered_event;
  const eventCounts = config.tag_event === 'any' || config.tag_event === event;
  const tagCounts = config.tag_ids.length === 0 || config.tag_ids.includes(tag);
  if (!eventCounts || !tagCounts) return { success: true };

  const writes = new PartialWrites(context);
  const { tag_action_goal: goal, tag_action_webhook: webhook } = config;
  if (goal !== undefined) {
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal), {
      type: 'goal_achieved',
      target: crm.contactId,
      value: goal,
    });
  }
  if (webhook !== undefined) {
    const url = await fillUrl(context, webhook);
    const body = JSON.stringify({
      contact_id: crm.contactId,
      tag_id: tag,
      tag_event: event,
      account_id: identity.accountId,
      timestamp: unixSeconds(context),
    });
    await writes.attempt('The webhook failed', async () => {
      const delivery = await deliver(context, { part: '', method: 'POST', url, body, attempts: 1 });
      writes.actions.push({ type: 'webhook_called', target: url, value: String(delivery.status) });
      if (!delivered(delivery)) {
        throw new HelperFailure('upstream_error', 'give_up', `The receiver answered ${delivery.status}.`);
      }
    });
  }
  return writes.result({ tag_id: tag, tag_event: event });
}
