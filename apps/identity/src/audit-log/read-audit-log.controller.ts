import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, Requires, type RequestContext } from '#auth';
import { AUDIT_ACTOR_KINDS } from '#contracts';
import { Cursors } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { AuditEntries } from '../persistence/audit-entries.repository.js';
import type { StoredAuditEntry } from '../persistence/audit-entry.collection.js';

const ORDER = '-at,-_id';

const Instant = z.iso.datetime({ offset: true, error: 'must be a time such as 2030-01-31T12:00:00Z' });

const AuditQuery = z.strictObject({
  /** `<domain>.<thing>.<fact>`. */
  type: z.string().max(120).optional(),
  /** Id of the user or API key that acted. */
  actor: z.string().max(120).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  cursor: z.string().max(2_048).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
type AuditQuery = z.infer<typeof AuditQuery>;

const AuditEvent = z
  .object({
    event_id: z.string(),
    type: z.string(),
    actor: z.object({ kind: z.enum(AUDIT_ACTOR_KINDS), id: z.string() }),
    /** Null where nobody called. */
    ip: z.string().nullable(),
    at: z.iso.datetime(),
    target: z.object({ kind: z.string(), id: z.string() }).nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEvent' });

const auditEvent = ({ _id, type, actor, ip, at, target, data }: StoredAuditEntry): z.infer<typeof AuditEvent> => ({
  event_id: _id,
  type,
  actor,
  ip: ip ?? null,
  at: at.toISOString(),
  target: target ?? null,
  data,
});

const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

@Controller('audit')
export class ReadAuditLogController {
  constructor(
    private readonly entries: AuditEntries,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('audit', 'view')
  @Envelope('Audit log retrieved')
  @Api({
    summary: 'What happened in the account, newest first',
    answer: z.object({
      events: z.array(AuditEvent),
      page_info: z.object({ next_cursor: z.string().nullable(), has_more: z.boolean(), page_size: z.number().int() }),
    }),
    invalidStatus: 422,
  })
  async read(@Ctx() { scope }: RequestContext, @Query({ schema: AuditQuery }) query: AuditQuery) {
    const { cursor, limit, from, to, ...equal } = query;
    const binding = { scope, filter: { ...equal, from, to }, order: ORDER };
    const [at, id] = cursor === undefined ? [] : this.cursors.read(binding, cursor);
    const after = cursor === undefined ? undefined : { at: new Date(String(at)), id: String(id) };
    const filter = { ...equal, from: timeOf(from), to: timeOf(to) };
    const found = await this.entries.page(scope, filter, after, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit && last !== undefined;
    const next = more ? this.cursors.sign(binding, [last.at.toISOString(), last._id]) : null;
    return {
      events: page.map(auditEvent),
      page_info: { next_cursor: next, has_more: more, page_size: limit },
    };
  }
}
