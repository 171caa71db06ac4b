import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { ACCOUNT_STATUSES, membershipStatusOnWire, PageInfo, PLANS, roleOnWire } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
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

interface ListedAccount extends z.infer<typeof AccountOfUser> {
  /** Whether the user is there by a membership in an account above. */
  inherited: boolean;
}

/** Where the user was taken in comes first, then what lies below. */
const ACCOUNTS = defineList<ListedAccount>({
  name: 'accounts',
  key: 'account_id',
  orders: { linked_at: ['inherited', 'linked_at'], name: ['name'] },
  defaultOrder: 'linked_at',
  size: 'all',
  total: 'always',
  oversize: 'cut',
});
const AccountListQuery = listQuery(ACCOUNTS);
type AccountListQuery = z.infer<typeof AccountListQuery>;

const accountOfUser = ({ account, role, linkedAt, inherited }: Place, currentId: string): ListedAccount => ({
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
  inherited,
});

@Controller('accounts')
export class ListAccountsController {
  constructor(
    private readonly roles: AccountRoles,
    private readonly lists: Lists,
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
      page_info: PageInfo,
    }),
  })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: AccountListQuery }) query: AccountListQuery) {
    const places = await this.roles.allOf(ctx.actor.userId);
    const { items, page_info } = this.lists.pageOf(ACCOUNTS, {
      scope: ctx.scope,
      filter: ctx.actor.userId,
      request: splitListQuery(query).request,
      items: places.map((place) => accountOfUser(place, ctx.accountId)),
    });
    return { accounts: items, total_count: places.length, current_account_id: ctx.accountId, page_info };
  }
}
