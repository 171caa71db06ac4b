import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { membershipStatusOnWire, PLANS, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { ACCOUNT_STATUSES, type AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { MembershipRecord } from '../persistence/membership.collection.js';
import { Memberships } from '../persistence/memberships.repository.js';

const AccountOfUser = z
  .object({
    account_id: z.string(),
    name: z.string(),
    company: z.string(),
    plan: z.enum(PLANS),
    status: z.enum(ACCOUNT_STATUSES),
    user_role: z.string(),
    user_status: z.string(),
    is_current: z.boolean(),
    linked_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'AccountOfUser' });

const accountOfUser = (
  { role, status, linked_at }: MembershipRecord,
  account: AccountRecord,
  currentId: string,
): z.infer<typeof AccountOfUser> => ({
  account_id: account._id,
  name: account.name,
  company: account.company,
  plan: account.plan,
  status: account.status,
  user_role: roleOnWire(role),
  user_status: membershipStatusOnWire(status, role),
  is_current: account._id === currentId,
  linked_at: linked_at.toISOString(),
  updated_at: account.updated_at.toISOString(),
});

@Controller('accounts')
export class ListAccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
  ) {}

  @Get()
  @Authenticated()
  @Envelope('Accounts retrieved')
  @Api({
    summary: 'The accounts the user can act in',
    answer: z.object({
      accounts: z.array(AccountOfUser),
      total_count: z.number().int(),
      current_account_id: z.string(),
    }),
  })
  async list(@Ctx() ctx: RequestContext) {
    const memberships = await this.memberships.ofUser(ctx.actor.userId);
    const records = await this.accounts.ofMember(memberships.map(({ account_id }) => account_id));
    const byId = new Map(records.map((record) => [record._id, record]));
    const accounts = memberships.flatMap((membership) => {
      const account = byId.get(membership.account_id);
      return account === undefined ? [] : [accountOfUser(membership, account, ctx.accountId)];
    });
    return { accounts, total_count: accounts.length, current_account_id: ctx.accountId };
  }
}
