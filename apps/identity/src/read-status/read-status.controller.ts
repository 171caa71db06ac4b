import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Account, permissionsOf, PERMISSIONS, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { Users } from '../persistence/users.repository.js';
import { sessionActor, userNotFound } from '../session-actor.js';
import { Memberships } from '../sessions/memberships.js';
import { userView, UserView } from '../views/user-view.js';

const Permissions = z.record(z.enum(PERMISSIONS), z.boolean());

/** The flat form that API clients read, and beside it the two objects that the web client's types name. */
const StatusView = z.object({
  user_id: z.string(),
  email: z.string(),
  name: z.string(),
  status: z.string(),
  current_account_id: z.string(),
  onboarding_complete: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  account_context: z.object({ account_id: z.string(), role: z.string(), permissions: Permissions }),
  available_accounts: z.array(
    z.object({
      account_id: z.string(),
      account_name: z.string(),
      role: z.string(),
      permissions: Permissions,
      is_current: z.boolean(),
    }),
  ),
  user: UserView,
  account: Account,
});

@Controller('auth')
export class ReadStatusController {
  constructor(
    private readonly users: Users,
    private readonly memberships: Memberships,
  ) {}

  @Get('status')
  @Authenticated()
  @Envelope('User status retrieved')
  @Api({
    summary: 'Who is signed in, in which account, with which rights',
    answer: StatusView,
    errors: ['auth.user_not_found', 'account.no_membership', 'account.suspended'],
  })
  async read(@Ctx() ctx: RequestContext) {
    const { userId } = sessionActor(ctx);
    const [found, membership] = await Promise.all([
      this.users.find(userId),
      this.memberships.in(userId, ctx.accountId),
    ]);
    if (found === null) throw userNotFound();
    const user = userView(found);
    return {
      ...user,
      account_context: {
        account_id: ctx.accountId,
        role: roleOnWire(membership.role),
        permissions: permissionsOf(membership.role),
      },
      available_accounts: membership.available_accounts.map(({ role, ...account }) => ({
        ...account,
        role: roleOnWire(role),
        permissions: permissionsOf(role),
        is_current: account.account_id === ctx.accountId,
      })),
      user,
      account: membership.account,
    };
  }
}
