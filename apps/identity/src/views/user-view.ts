import { z } from 'zod';
import { USER_STATUSES } from '#contracts';
import { subjectOf } from '../domain/subject.js';
import type { User } from '../persistence/user.collection.js';

/** A user as clients read it. */
export const UserView = z
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
export type UserView = z.infer<typeof UserView>;

export const userView = (user: User): UserView => ({
  user_id: user._id,
  cognito_user_id: subjectOf(user._id),
  email: user.email,
  name: user.name,
  ...(user.phone_number !== undefined && { phone_number: user.phone_number }),
  ...(user.company !== undefined && { company: user.company }),
  status: user.status,
  current_account_id: user.current_account_id,
  onboarding_complete: user.onboarding_complete,
  created_at: user.created_at.toISOString(),
  updated_at: user.updated_at.toISOString(),
});
