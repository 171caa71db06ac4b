import { defineHelper } from '../../_kit/define-helper.js';
import { runBasic } from './basic-mode.js';
import { runByTag } from './by-tag-mode.js';
import { hookItConfig } from './hook-it.config.js';
import { runLimited, runShaped, runSingle } from './webhook-modes.js';

export const hookIt = defineHelper({
  type: 'hook_it',
  category: 'integration',
  title: 'Hook It',
  summary: 'Reacts to an event by achieving goals in the CRM, or sends the contact to other systems by webhook.',
  rules: [
    'basic: the event of the request, else of the configuration, achieves the goal newcontact, neworder, newinvoice or its own name, followed by the helper id; then the goals mapped to it.',
    'v2: sends the contact, tries again after network errors, 429 (not before Retry-After) and answers of 500 and more, and can copy values of a JSON answer to the contact.',
    'v3: sends changed fields, and either the data of the first rule that holds or the contact; one attempt.',
    'v4: sends the contact to one target as v2 does, or to several; one success is enough. A call over the rate limit waits for the next minute.',
    'by_tag: when the tag and its change fit, achieves a goal, calls a webhook, or both.',
    'URLs may hold tokens, also {{input.…}}; values are percent-encoded. Only public addresses are called, also after redirects.',
    'Every request carries an Idempotency-Key that is the same in all attempts. With hmac, X-Signature is the base64 HMAC-SHA256 of the body, and X-Signature-Timestamped that of "<X-Timestamp>.<body>".',
    'At most 64 KiB of an answer are kept.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    achieveGoal: { inDoubt: 'ask' },
    updateContact: 'repeatable',
    http: { inDoubt: 'repeat' },
    count: 'repeatable',
  },
  aliases: { url: 'webhook_url', method: 'webhook_method' },
  config: hookItConfig,

  run(context) {
    switch (context.config.mode) {
      case 'v2':
        return runSingle(context);
      case 'v3':
        return runShaped(context);
      case 'v4':
        return runLimited(context);
      case 'by_tag':
        return runByTag(context);
      default:
        return runBasic(context);
    }
  },
});
