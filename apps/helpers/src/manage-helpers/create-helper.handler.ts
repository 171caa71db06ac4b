import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, newId, Problem, type AccountScope, type PlanOfAccount } from '#contracts';
import { helperCatalogue } from '#helpers';
import { isDuplicateKey, Outbox, PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { auditedHelper } from './audited-helper.js';
import { HelpersRepository, type HelperRecord } from '../persistence/helpers.repository.js';
import type { CreateHelperBody } from './helper-bodies.js';
import { HelperConfig } from './helper-config.js';
import { newShortKey } from './short-key.js';

export class CreateHelper extends Command<HelperRecord> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly body: CreateHelperBody,
  ) {
    super();
  }
}

const SHORT_KEY_TRIES = 3;

@CommandHandler(CreateHelper)
export class CreateHelperHandler implements ICommandHandler<CreateHelper> {
  constructor(
    private readonly helpers: HelpersRepository,
    private readonly configs: HelperConfig,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async execute({ scope, userId, body }: CreateHelper): Promise<HelperRecord> {
    const definition = helperCatalogue.get(body.helper_type);
    if (definition === undefined) {
      throw new Problem(400, 'helpers.unknown_type', `Unknown helper type: ${body.helper_type}`);
    }
    this.configs.refuseInvalid(definition, body.config);
    const connectionId = await this.configs.connection(definition, scope, body.connection_id);
    const plan = await this.room.planOf(scope);
    const document = {
      created_by: userId,
      ...(connectionId !== undefined && { connection_id: connectionId }),
      name: body.name,
      description: body.description,
      helper_type: body.helper_type,
      category: body.category === undefined || body.category === '' ? definition.category : body.category,
      status: 'active' as const,
      config: await this.configs.toStore(definition, scope, body.config),
      enabled: true,
      execution_count: 0,
      schedule_enabled: false,
    };
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.insert(scope, { ...document, _id: newId('helper'), short_key: newShortKey() }, plan);
      } catch (error) {
        if (!isDuplicateKey(error) || tries >= SHORT_KEY_TRIES) throw error;
      }
    }
  }

  private insert(
    scope: AccountScope,
    document: Parameters<HelpersRepository['insert']>[1],
    plan: PlanOfAccount,
  ): Promise<HelperRecord> {
    return this.unitOfWork.run(
      async (session) => {
        await this.room.take(session, scope, {
          resource: 'helpers',
          plan,
          used: () => this.helpers.countActive(scope),
        });
        const record = await this.helpers.insert(scope, document);
        await this.audit.record(session, auditedHelper('created', record));
        await this.outbox.add(session, events.helperCreated, {
          subject: record._id,
          accountId: scope.accountId,
          data: { helper_id: record._id, helper_type: record.helper_type, name: record.name },
        });
        return record;
      },
      { turn: turnOf(scope, 'helpers') },
    );
  }
}
