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

/** Collects the entries that all services record. */
@Injectable()
export class AuditEntriesConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    entries: AuditEntries,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'identity-audit-log',
      filters: [events.auditEntryRecorded.subject()],
      handle: (messages) => entries.add(messages.flatMap(entryOf)),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }
}

/** One that cannot be read would come back for ever: it is reported and left out. */
function entryOf(message: JsMsg): NewAuditEntry[] {
  try {
    const { id, time, source, data } = CloudEvent.parse(message.json());
    const { ip, target, ...entry } = events.auditEntryRecorded.data.parse(data);
    const optional = { ...(ip !== undefined && { ip }), ...(target !== undefined && { target }) };
    return [{ ...entry, ...optional, _id: id, at: new Date(time), source: source.replace('/mfh/', '') }];
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an audit entry cannot be read');
    return [];
  }
}
