import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { ACCOUNT_STATUSES, membershipStatusOnWire, PLANS, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { statusOnWire } from '../views/account-view.js';
import { AccountRoles, type Place } from '../access/account-roles.js';

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

const accountOfUser = ({ account, role, linkedAt }: Place, currentId: string): z.infer<typeof AccountOfUser> => ({
  account_id: account._id,
  name: account.name,
  company: account.company,
  plan: account.plan,
  status: statusOnWire(account.status),
  user_role: roleOnWire(role),
  user_status: membershipStatusOnWire('active', role),
  is_current: account._id === currentId,
  linked_at: linkedAt.toISOString(),
  updated_at: account.updated_at.toISOString(),
});

@Controller('accounts')
export class ListAccountsController {
  constructor(private readonly roles: AccountRoles) {}

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
    const places = await this.roles.allOf(ctx.actor.userId);
    const accounts = places.map((place) => accountOfUser(place, ctx.accountId));
    return { accounts, total_count: accounts.length, current_account_id: ctx.accountId };
  }
}
