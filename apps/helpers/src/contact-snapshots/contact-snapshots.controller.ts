import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, RequiresPermission } from '#auth';
import { Cursors } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { compareSnapshots } from './compare-snapshots.js';
import { ContactSnapshotsRepository } from './contact-snapshots.repository.js';
import {
  ContactSnapshotComparison,
  ContactSnapshotItem,
  ContactSnapshotQuery,
  ContactSnapshotView,
  snapshotItem,
  snapshotView,
} from './snapshot-views.js';

const ORDER = '-taken_at,-_id';
const Id = z.string();
const Erasure = z.object({ contact_id: z.string().min(1) });

/** Contacts as helpers captured them: list, read, compare, delete. */
@Controller('helpers/snapshots')
export class ContactSnapshotsController {
  constructor(
    private readonly snapshots: ContactSnapshotsRepository,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('executions', 'view')
  @KeyScope('read_executions')
  @Envelope('Snapshots retrieved')
  @Api({
    summary: 'List snapshots of contacts',
    answer: z.object({
      snapshots: z.array(ContactSnapshotItem),
      page_info: z.object({ next_cursor: z.string().nullable(), has_more: z.boolean(), page_size: z.number().int() }),
    }),
    invalidStatus: 422,
  })
  async list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ContactSnapshotQuery }) { cursor, limit, ...filter }: ContactSnapshotQuery,
  ) {
    const where = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const binding = { scope: ctx.scope, filter: where, order: ORDER };
    const position = cursor === undefined ? undefined : this.cursors.read(binding, cursor);
    const [takenAt, id] = [new Date(String(position?.[0])), String(position?.[1])];
    const after =
      position === undefined ? {} : { $or: [{ taken_at: { $lt: takenAt } }, { taken_at: takenAt, _id: { $lt: id } }] };
    const records = await this.snapshots.list(
      ctx.scope,
      { ...where, ...after },
      { sort: { taken_at: -1, _id: -1 }, limit: limit + 1 },
    );
    const page = records.slice(0, limit);
    const last = page.at(-1);
    const next =
      records.length > limit && last !== undefined
        ? this.cursors.sign(binding, [last.taken_at.toISOString(), last._id])
        : null;
    return {
      snapshots: page.map(snapshotItem),
      page_info: { next_cursor: next, has_more: next !== null, page_size: limit },
    };
  }

  @Get(':snapshot_id')
  @Requires('executions', 'view')
  @KeyScope('read_executions')
  @Envelope('Snapshot retrieved')
  @Api({
    summary: 'Read a snapshot of a contact',
    answer: ContactSnapshotView,
    errors: ['contact_snapshots.not_found'],
  })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('snapshot_id', { schema: Id }) id: string,
  ): Promise<ContactSnapshotView> {
    return snapshotView(await this.snapshots.get(ctx.scope, id));
  }

  /** What changed from the first to the second; both belong to one contact. */
  @Get(':snapshot_id/compare/:other_id')
  @Requires('executions', 'view')
  @KeyScope('read_executions')
  @Envelope('Snapshots compared')
  @Api({
    summary: 'Compare two snapshots of a contact',
    answer: ContactSnapshotComparison,
    errors: ['contact_snapshots.not_found'],
  })
  async compare(
    @Ctx() ctx: RequestContext,
    @Param('snapshot_id', { schema: Id }) id: string,
    @Param('other_id', { schema: Id }) otherId: string,
  ) {
    const from = await this.snapshots.get(ctx.scope, id);
    const to = await this.snapshots.get(ctx.scope, otherId, { contact_id: from.contact_id });
    return { from: snapshotItem(from), to: snapshotItem(to), ...compareSnapshots(from.data, to.data) };
  }

  @Delete(':snapshot_id')
  @RequiresPermission('can_manage_helpers')
  @Envelope('Snapshot deleted')
  @Api({
    summary: 'Delete a snapshot of a contact',
    answer: z.object({ snapshot_id: z.string() }),
    errors: ['contact_snapshots.not_found'],
  })
  async remove(@Ctx() ctx: RequestContext, @Param('snapshot_id', { schema: Id }) id: string) {
    await this.snapshots.delete(ctx.scope, id);
    return { snapshot_id: id };
  }

  /** For a person who asks to be forgotten. */
  @Delete()
  @RequiresPermission('can_manage_helpers')
  @Envelope('Snapshots deleted')
  @Api({
    summary: 'Delete all snapshots of a contact',
    answer: z.object({ deleted: z.number().int() }),
    invalidStatus: 422,
  })
  async forget(@Ctx() ctx: RequestContext, @Query({ schema: Erasure }) { contact_id }: z.infer<typeof Erasure>) {
    return { deleted: await this.snapshots.forget(ctx.scope, contact_id) };
  }
}
