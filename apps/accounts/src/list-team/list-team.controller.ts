import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { membershipStatusOnWire, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { People } from '../people/people.js';
import { Memberships } from '../persistence/memberships.repository.js';

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

@Controller('accounts')
export class ListTeamController {
  constructor(
    private readonly memberships: Memberships,
    private readonly people: People,
  ) {}

  @Get(':account_id/team')
  @Authenticated()
  @OnAccountOfPath('view', 'team')
  @Envelope('Team members retrieved')
  @Api({
    summary: 'The members of an account',
    answer: z.object({ members: z.array(Member), total_count: z.number().int() }),
    errors: ['accounts.not_found'],
  })
  async list(@OfPath() { scope }: AccountOfPath) {
    const team = await this.memberships.team(scope);
    const users = await this.people.byId(team.map(({ user_id }) => user_id));
    const members = team.map(({ user_id, role, status, linked_at }) => {
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
    return { members, total_count: members.length };
  }
}
