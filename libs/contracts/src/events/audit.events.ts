import { z } from 'zod';
import { defineEvent } from '../define-event.js';

/** Who did something: a person, a program with a key, a linked app, the operator of the installation, or the product by itself. */
export const AUDIT_ACTOR_KINDS = ['user', 'api_key', 'app', 'operator', 'system'] as const;
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number];

/** Fields that could hold a secret or help to guess one. Nothing of the kind is kept, not even as a hash. */
const SECRET_FIELD = /password|passphrase|secret|token|hash|credential|otp|recovery|^code$|_code$|^key$|^api_key$/i;

const Scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);

export const AuditData = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be in snake case'),
    z.union([Scalar, z.array(z.string().max(200)).max(100)]),
  )
  .superRefine((data, context) => {
    for (const name of Object.keys(data).filter((field) => SECRET_FIELD.test(field))) {
      context.addIssue({ code: 'custom', path: [name], message: 'belongs into no audit entry' });
    }
  });
export type AuditData = z.infer<typeof AuditData>;

export const AuditEntry = z.object({
  /** `<domain>.<thing>.<fact>`, such as `identity.api_key.revoked`. */
  type: z.string().regex(/^[a-z_]+\.[a-z_]+\.[a-z_]+$/, 'must read domain.thing.fact'),
  account_id: z.string(),
  actor: z.object({ kind: z.enum(AUDIT_ACTOR_KINDS), id: z.string() }),
  /** Address of the caller; absent where nobody called. */
  ip: z.string().max(64).optional(),
  target: z.object({ kind: z.string(), id: z.string() }).optional(),
  data: AuditData,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditEvents = {
  auditEntryRecorded: defineEvent({
    domain: 'audit',
    entity: 'entry',
    fact: 'recorded',
    summary: 'Something happened in an account that its owners may want to look up later.',
    data: AuditEntry,
  }),
} as const;
