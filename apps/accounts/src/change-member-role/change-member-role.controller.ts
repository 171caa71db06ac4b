import { Body, Controller, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { GivenRole } from '../domain/team-fields.js';
import { ChangeMemberRole } from './change-member-role.command.js';

const ChangeMemberRoleBody = z.object({ role: GivenRole }).meta({ id: 'ChangeMemberRole' });

@Controller('accounts')
export class ChangeMemberRoleController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':account_id/team/:user_id')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Team member updated successfully')
  @Api({
    summary: 'Give a member, or somebody invited, another role',
    answer: z.object({ user_id: z.string(), role: z.string() }),
    errors: [
      'accounts.not_found',
      'memberships.not_found',
      'account.permission_denied',
      'account.own_role',
      'account.owner_fixed',
      'account.role_above_own',
      'resource.conflict',
    ],
  })
  async change(
    @Ctx() { actor }: RequestContext,
    @OfPath() { scope, role: own }: AccountOfPath,
    @Param('user_id', { schema: z.string() }) userId: string,
    @Body({ schema: ChangeMemberRoleBody }) { role }: z.infer<typeof ChangeMemberRoleBody>,
  ) {
    await this.commands.execute(new ChangeMemberRole(scope, { userId: actor.userId, role: own }, userId, role));
    return { user_id: userId, role };
  }
}
