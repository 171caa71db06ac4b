import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { MailAddress } from '../mail/mail-request.js';

const service = 'notifications';
const MOST_SUPPRESSIONS = 1_000;

export const notificationsQuestions = {
  suppressions: defineQuestion({
    service,
    name: 'suppressions',
    summary: 'Addresses that get no mail, or no optional mail, the newest first.',
    request: z.object({ limit: z.number().int().min(1).max(MOST_SUPPRESSIONS).default(100) }),
    answer: z.object({
      suppressions: z.array(
        z.object({
          address: z.string(),
          reason: z.enum(['bounce', 'complaint', 'unsubscribe']),
          since: z.iso.datetime(),
        }),
      ),
    }),
  }),
  releaseAddress: defineQuestion({
    service,
    name: 'release-address',
    summary: 'Lets mail go to an address again, whatever ended it.',
    request: z.object({ address: MailAddress }),
    answer: z.object({ released: z.boolean() }),
  }),
} as const;
