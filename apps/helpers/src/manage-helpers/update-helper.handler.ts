import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, type AccountScope } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { auditedHelper } from './audited-helper.js';
import { HelpersRepository, type HelperRecord } from '../persistence/helpers.repository.js';
import { TriggersOfHelper } from '../triggers/triggers-of-helper.js';
import { definitionOf } from '../views/helper-view.js';
import { HelperDirectory } from '../execute-helper/helper-directory.js';
import type { UpdateHelperBody } from './helper-bodies.js';
import { HelperConfig } from './helper-config.js';

export class UpdateHelper extends Command<HelperRecord> {
  constructor(
    readonly scope: AccountScope,
    readonly helperId: string,
    readonly body: UpdateHelperBody,
    /** From `If-Match`: the version that the client saw. */
    readonly version: number | undefined,
  ) {
    super();
  }
}

/** Half-filled configurations are kept: clients save on every change, and execution says what is missing. */
@CommandHandler(UpdateHelper)
export class UpdateHelperHandler implements ICommandHandler<UpdateHelper> {
  constructor(
    private readonly helpers: HelpersRepository,
    private readonly configs: HelperConfig,
    private readonly triggers: TriggersOfHelper,
    private readonly directory: HelperDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async execute({ scope, helperId, body, version }: UpdateHelper): Promise<HelperRecord> {
    const stored = await this.helpers.get(scope, helperId, { status: 'active' });
    const definition = definitionOf(stored.helper_type);
    const { connection_id: connection, config, ...plain } = body;
    const connectionId = definition && (await this.configs.connection(definition, scope, connection));
    const sealed = config && definition && (await this.configs.toStore(definition, scope, config, stored.config));
    const change = {
      $set: {
        ...plain,
        ...(sealed && { config: sealed }),
        ...(connectionId !== undefined && { connection_id: connectionId }),
      },
      ...(connection === '' && { $unset: { connection_id: 1 as const } }),
    };
    const changed = await this.unitOfWork.run(async (session) => {
      const record = await this.helpers.change(scope, helperId, change, { version, where: { status: 'active' } });
      if (record.connection_id !== stored.connection_id) await this.triggers.move(session, scope, record);
      await this.audit.record(session, auditedHelper('updated', record));
      await this.outbox.add(session, events.helperUpdated, {
        subject: record._id,
        accountId: scope.accountId,
        data: { helper_id: record._id, helper_type: record.helper_type, name: record.name },
      });
      return record;
    });
    this.directory.forget(helperId);
    return changed;
  }
}
