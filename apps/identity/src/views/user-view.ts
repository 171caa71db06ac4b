import type { UserProfile } from '#contracts';
import { subjectOf } from '../domain/subject.js';
import type { User } from '../persistence/user.collection.js';

export { UserProfile as UserView } from '#contracts';

export const userView = (user: User): UserProfile => ({
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
