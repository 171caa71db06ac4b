import { z } from 'zod';
import { USER_STATUSES } from './questions/identity.questions.js';

/** A user as clients read it. */
export const UserProfile = z
  .object({
    user_id: z.string(),
    /** The bare subject; older clients know it by this name. */
    cognito_user_id: z.string(),
    email: z.string(),
    name: z.string(),
    phone_number: z.string().optional(),
    company: z.string().optional(),
    status: z.enum(USER_STATUSES),
    current_account_id: z.string(),
    onboarding_complete: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'User' });
export type UserProfile = z.infer<typeof UserProfile>;
