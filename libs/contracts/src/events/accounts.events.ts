import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { PLANS } from '../roles.js';

export const accountsEvents = {
  accountCreated: defineEvent({
    domain: 'accounts',
    entity: 'account',
    fact: 'created',
    summary: 'An account exists and its owner can sign in.',
    data: z.object({ account_id: z.string(), owner_user_id: z.string(), name: z.string(), plan: z.enum(PLANS) }),
  }),
  accountSwitched: defineEvent({
    domain: 'accounts',
    entity: 'account',
    fact: 'switched',
    summary: 'A user went on in another account.',
    data: z.object({ account_id: z.string(), user_id: z.string(), previous_account_id: z.string() }),
  }),
} as const;
