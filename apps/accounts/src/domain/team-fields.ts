import { z } from 'zod';

/** Roles that can be given; the owner's changes hands only by transfer. */
const GIVEN_ROLES = ['admin', 'member', 'viewer'] as const;

const LONGEST_EMAIL = 254;

export const GivenRole = z
  .string({ error: 'role is required' })
  .trim()
  .toLowerCase()
  .pipe(z.enum(GIVEN_ROLES, { error: `role must be one of ${GIVEN_ROLES.join(', ')}` }));

/** Lower case, as identity stores addresses. */
export const InvitedEmail = z
  .string({ error: 'email is required' })
  .trim()
  .toLowerCase()
  .min(1, 'email is required')
  .max(LONGEST_EMAIL, 'email is too long')
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'email must be an address such as name@example.com');
