import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, KeyScope, type RequestContext, Requires, RequiresPermission } from '#auth';
import { PageInfo } from '#contracts';
import { Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { compareSnapshots } from './compare-snapshots.js';
import { ContactSnapshotsRepository } from './contact-snapshots.repository.js';
import {
  CONTACT_SNAPSHOTS,
  ContactSnapshotComparison,
  ContactSnapshotItem,
  ContactSnapshotQuery,
  ContactSnapshotView,
  snapshotItem,
  snapshotView,
} from './snapshot-views.js';

const Id = z.string();
const Erasure = z.object({ contact_id: z.string().min(1) });

/** Contacts as helpers captured them: list, read, compare, delete. */
@Controller('helpers/snapshots')
export class ContactSnapshotsController {
  constructor(
    private readonly snapshots: ContactSnapshotsRepository,
    private readonly lists: Lists,
  ) {}

  @Get()
  @Requires('executions', 'view')
  @KeyScope('read_executions')
  @Envelope('Snapshots retrieved')
  @Api({
    summary: 'List snapshots of contacts',
    answer: z.object({
      snapshots: z.array(ContactSnapshotItem),
      page_info: PageInfo,
    }),
    invalidStatus: 422,
  })
  async list(@Ctx() { scope }: RequestContext, @Query({ schema: ContactSnapshotQuery }) query: ContactSnapshotQuery) {
    const { request, filter } = splitListQuery(query);
    const where = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const from = this.snapshots;
    const { items, page_info } = await this.lists.page(CONTACT_SNAPSHOTS, { scope, where, request, from });
    return { snapshots: items.map(snapshotItem), page_info };
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
