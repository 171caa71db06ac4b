import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { membershipStatusOnWire, PageInfo, roleOnWire } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { People } from '../people/people.js';
import type { MembershipRecord } from '../persistence/membership.collection.js';
import { Memberships, TEAM } from '../persistence/memberships.repository.js';

const Member = z
  .object({
    user_id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    status: z.string(),
    linked_at: z.iso.datetime(),
  })
  .meta({ id: 'TeamMember' });

const MEMBERS = defineList<MembershipRecord>({
  name: 'team',
  orders: { linked_at: ['linked_at'], role: ['role'], status: ['status'] },
  defaultOrder: 'linked_at',
  size: 'all',
  total: 'always',
  oversize: 'cut',
});
const TeamQuery = listQuery(MEMBERS);

@Controller('accounts')
export class ListTeamController {
  constructor(
    private readonly memberships: Memberships,
    private readonly people: People,
    private readonly lists: Lists,
  ) {}

  @Get(':account_id/team')
  @Authenticated()
  @OnAccountOfPath('view', 'team')
  @Envelope('Team members retrieved')
  @Api({
    summary: 'The members of an account',
    answer: z.object({ members: z.array(Member), total_count: z.number().int(), page_info: PageInfo }),
    errors: ['accounts.not_found'],
  })
  async list(@OfPath() { scope }: AccountOfPath, @Query({ schema: TeamQuery }) query: z.infer<typeof TeamQuery>) {
    const { request } = splitListQuery(query);
    const { items, page_info } = await this.lists.page(MEMBERS, {
      scope,
      where: TEAM,
      request,
      from: this.memberships,
    });
    const users = await this.people.byId(items.map(({ user_id }) => user_id));
    const members = items.map(({ user_id, role, status, linked_at }) => {
      const { name = '', email = '' } = users.get(user_id) ?? {};
      return {
        user_id,
        email,
        name: name || email,
        role: roleOnWire(role),
        status: membershipStatusOnWire(status, role),
        linked_at: linked_at.toISOString(),
      };
    });
    return { members, total_count: page_info.total ?? members.length, page_info };
  }
}
