import type { Invitation } from '../persistence/invitation.collection.js';

/** What events say about an invitation. */
export const invitationFact = ({ _id, account_id, user_id, role, email }: Invitation) => ({
  account_id,
  user_id,
  role,
  email,
  invitation_id: _id,
});
