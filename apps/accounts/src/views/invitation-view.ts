import { z } from 'zod';
import { nameOf, type Person } from '../people/people.js';
import { INVITATION_STATUSES, type Invitation } from '../persistence/invitation.collection.js';

/** An invitation as the team page reads it. */
export const InvitationView = z
  .object({
    invitation_id: z.string(),
    email: z.string(),
    role: z.string(),
    status: z.enum(INVITATION_STATUSES),
    inviter: z.object({ user_id: z.string(), name: z.string() }),
    expires_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });

export const invitationView = (
  invitation: Invitation,
  people: ReadonlyMap<string, Person>,
): z.infer<typeof InvitationView> => ({
  invitation_id: invitation._id,
  email: invitation.email,
  role: invitation.role,
  status: invitation.status,
  inviter: { user_id: invitation.inviter_id, name: nameOf(people.get(invitation.inviter_id)) },
  expires_at: invitation.expires_at.toISOString(),
  created_at: invitation.created_at.toISOString(),
});
