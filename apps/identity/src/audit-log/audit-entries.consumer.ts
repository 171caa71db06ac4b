import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { AuditEntries, type NewAuditEntry } from '../persistence/audit-entries.repository.js';
import { Users } from '../persistence/users.repository.js';
import { auditedEvent, AUDITED_SUBJECTS, type AuditedEvent } from './audited-events.js';

/** Collects the entries that all services record, and makes entries of the facts that tell enough by themselves. */
@Injectable()
export class AuditEntriesConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly users: Users,
    entries: AuditEntries,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'identity-audit-log',
      filters: [events.auditEntryRecorded.subject(), ...AUDITED_SUBJECTS],
      handle: async (messages) => entries.add((await Promise.all(messages.map((each) => this.entryOf(each)))).flat()),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }

  private async entryOf(message: JsMsg): Promise<NewAuditEntry[]> {
    const read = readable(message);
    if (read === undefined || 'account_id' in read) return read === undefined ? [] : [read];
    const accountId = read.accountId ?? (await this.accountOf(read.target.id));
    if (accountId === undefined) return [];
    const { id, type, at, source, actor, target, data } = read;
    return [{ _id: id, account_id: accountId, type, at, source, actor, target, data }];
  }

  /** A fact about a person is for those who look after the account that this person works in. */
  private async accountOf(userId: string): Promise<string | undefined> {
    return (await this.users.find(userId))?.current_account_id;
  }
}

/** One that cannot be read would come back for ever: it is reported and left out. */
function readable(message: JsMsg): NewAuditEntry | AuditedEvent | undefined {
  try {
    const event = CloudEvent.parse(message.json());
    return event.type === events.auditEntryRecorded.type ? recorded(event) : auditedEvent(event);
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an audit entry cannot be read');
    return undefined;
  }
}

function recorded({ id, time, source, data }: CloudEvent): NewAuditEntry {
  const { ip, target, ...entry } = events.auditEntryRecorded.data.parse(data);
  const optional = { ...(ip !== undefined && { ip }), ...(target !== undefined && { target }) };
  return { ...entry, ...optional, _id: id, at: new Date(time), source: source.replace('/mfh/', '') };
}
