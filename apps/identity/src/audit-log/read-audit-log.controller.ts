import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, Requires, type RequestContext } from '#auth';
import { AUDIT_ACTOR_KINDS, PageInfo } from '#contracts';
import { defineList, listFields, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { AuditEntries, auditFilter } from '../persistence/audit-entries.repository.js';
import type { StoredAuditEntry } from '../persistence/audit-entry.collection.js';

const AUDIT = defineList<StoredAuditEntry>({ name: 'audit', orders: { at: ['at'] }, defaultOrder: '-at' });

const Instant = z.iso.datetime({ offset: true, error: 'must be a time such as 2030-01-31T12:00:00Z' });

const AuditQuery = z.strictObject({
  /** `<domain>.<thing>.<fact>`. */
  type: z.string().max(120).optional(),
  /** Id of the user or API key that acted. */
  actor: z.string().max(120).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  ...listFields(AUDIT),
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
    private readonly lists: Lists,
  ) {}

  @Get()
  @Requires('audit', 'view')
  @Envelope('Audit log retrieved')
  @Api({
    summary: 'What happened in the account, newest first',
    answer: z.object({
      events: z.array(AuditEvent),
      page_info: PageInfo,
    }),
    invalidStatus: 422,
  })
  async read(@Ctx() { scope }: RequestContext, @Query({ schema: AuditQuery }) query: AuditQuery) {
    const { request, filter } = splitListQuery(query);
    const where = auditFilter({ ...filter, from: timeOf(filter.from), to: timeOf(filter.to) });
    const { items, page_info } = await this.lists.page(AUDIT, { scope, where, request, from: this.entries });
    return { events: items.map(auditEvent), page_info };
  }
}
