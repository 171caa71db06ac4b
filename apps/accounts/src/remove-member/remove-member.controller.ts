import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { OfPath, OnAccountOfPath, type AccountOfPath } from '../access/account-access.guard.js';
import { RemoveMember } from './remove-member.command.js';

@Controller('accounts')
export class RemoveMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':account_id/team/:user_id')
  @Authenticated()
  @OnAccountOfPath('manage', 'team')
  @Envelope('Team member removed successfully')
  @Api({
    summary: 'Remove a member, or take an invitation back',
    answer: z.object({ user_id: z.string() }),
    errors: [
      'accounts.not_found',
      'memberships.not_found',
      'account.permission_denied',
      'account.own_membership',
      'account.owner_fixed',
      'account.role_above_own',
      'resource.conflict',
    ],
  })
  async remove(
    @Ctx() { actor }: RequestContext,
    @OfPath() { scope, role }: AccountOfPath,
    @Param('user_id', { schema: z.string() }) userId: string,
  ) {
    await this.commands.execute(new RemoveMember(scope, { userId: actor.userId, role }, userId));
    return { user_id: userId };
  }
}
