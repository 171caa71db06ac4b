import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated } from '#auth';
import { membershipStatusOnWire, questions, roleOnWire } from '#contracts';
import { Questions } from '#messaging';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { Memberships } from '../persistence/memberships.repository.js';

/** As many as identity describes in one answer. */
const USERS_A_QUESTION = 500;

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

type Described = Map<string, { name: string; email: string }>;

@Controller('accounts')
export class ListTeamController {
  constructor(
    private readonly memberships: Memberships,
    private readonly questions: Questions,
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
    const users = await this.describe(team.map(({ user_id }) => user_id));
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

  private async describe(userIds: string[]): Promise<Described> {
    const described: Described = new Map();
    for (let start = 0; start < userIds.length; start += USERS_A_QUESTION) {
      const user_ids = userIds.slice(start, start + USERS_A_QUESTION);
      const { users } = await this.questions.ask(questions.describeUsers, { user_ids });
      for (const { user_id, name, email } of users) described.set(user_id, { name, email });
    }
    return described;
  }
}
