import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events, scopeOf, TRIGGER_EVENTS, type ContactChanged, type TriggerEvent } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import { logger } from '#telemetry';
import { matches } from './matches.js';
import { StartMatches } from './start-matches.js';
import { TriggerMatches } from './trigger-matches.repository.js';
import { Triggers, type TriggerRecord } from './trigger.repository.js';

interface Heard {
  change: ContactChanged;
  heardAt: Date;
}

/** Hears of changed contacts and notes which triggers waited for them. */
@Injectable()
export class ContactChangesConsumer implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly triggers: Triggers,
    private readonly found: TriggerMatches,
    private readonly starting: StartMatches,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'helpers-contact-changes',
      filters: [events.contactChanged.subject()],
      handle: (messages) => this.note(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.consumer.stop();
  }

  private async note(messages: readonly JsMsg[]): Promise<void> {
    const heard = messages.flatMap((message) => read(message) ?? []);
    const groups = Map.groupBy(heard, ({ change }) => `${change.account_id} ${change.connection_id} ${change.change}`);
    const found: { trigger: TriggerRecord; change: ContactChanged; heardAt: Date }[] = [];
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined || !isAwaitable(first.change.change)) continue;
      const { account_id, connection_id, change: event } = first.change;
      const awaiting = await this.triggers.awaiting(scopeOf(account_id), connection_id, event as TriggerEvent);
      for (const { change, heardAt } of group) {
        for (const trigger of awaiting) {
          // Old events come again when the broker had to be set up anew.
          if (heardAt >= trigger.created_at && matches(trigger, change)) found.push({ trigger, change, heardAt });
        }
      }
    }
    await this.found.note(found);
    if (found.length > 0) this.starting.wake();
  }
}

const isAwaitable = (change: string): change is TriggerEvent => (TRIGGER_EVENTS as readonly string[]).includes(change);

function read(message: JsMsg): Heard | undefined {
  const { data: event } = CloudEvent.safeParse(message.json());
  const change = events.contactChanged.data.safeParse(event?.data);
  if (event !== undefined && change.success) return { change: change.data, heardAt: new Date(event.time) };
  logger.error({ err: change.error, sequence: message.seq }, 'a changed contact cannot be read and is left out');
  return undefined;
}
