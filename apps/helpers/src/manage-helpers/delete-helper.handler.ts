import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, type AccountScope } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { HelperDirectory } from '../execute-helper/helper-directory.js';
import { TriggersOfHelper } from '../triggers/triggers-of-helper.js';
import { auditedHelper } from './audited-helper.js';
import { HelpersRepository } from '../persistence/helpers.repository.js';

export class DeleteHelper extends Command<string> {
  constructor(
    readonly scope: AccountScope,
    readonly helperId: string,
  ) {
    super();
  }
}

/** A deleted helper is gone for every client; its executions keep their copy of what it was. */
@CommandHandler(DeleteHelper)
export class DeleteHelperHandler implements ICommandHandler<DeleteHelper> {
  constructor(
    private readonly helpers: HelpersRepository,
    private readonly triggers: TriggersOfHelper,
    private readonly directory: HelperDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async execute({ scope, helperId }: DeleteHelper): Promise<string> {
    await this.helpers.get(scope, helperId, { status: 'active' });
    await this.unitOfWork.run(async (session) => {
      const record = await this.helpers.update(
        scope,
        helperId,
        { status: 'deleted', enabled: false, deleted_at: new Date() },
        { where: { status: 'active' } },
      );
      await this.triggers.removeAll(session, scope, helperId);
      await this.audit.record(session, auditedHelper('deleted', record));
      await this.outbox.add(session, events.helperDeleted, {
        subject: record._id,
        accountId: scope.accountId,
        data: { helper_id: record._id, helper_type: record.helper_type, name: record.name },
      });
    });
    this.directory.forget(helperId);
    return helperId;
  }
}
