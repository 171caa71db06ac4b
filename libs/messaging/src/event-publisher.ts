import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { z } from 'zod';
import { newId, type CloudEvent, type EventDefinition } from '#contracts';
import { currentTraceparent } from '#telemetry';
import { orUnavailable, publishJson } from './publish.js';
import { JETSTREAM, SERVICE_NAME } from './tokens.js';

/** Headers by which a reader can tell whose event it is and what about, without its body. */
export const ACCOUNT_HEADER = 'Mfh-Account';
export const SUBJECT_HEADER = 'Mfh-Subject';

export interface EventToPublish<Definition extends EventDefinition> {
  data: z.input<Definition['data']>;
  /** The thing the event is about, usually its id. */
  subject: string;
  accountId?: string;
  /** Message id: the same id within two minutes is stored once. Default: a new one. */
  id?: string;
  /** When it happened; default now. */
  time?: Date;
  /** Last subject token of detailed events (the helper type). */
  detail?: string;
  /** Trace the event belongs to, where it is not the current one. */
  traceparent?: string;
}

/** Wraps a fact into a CloudEvent 1.0; the data is checked against the event's schema. */
export function toCloudEvent<Definition extends EventDefinition>(
  service: string,
  definition: Definition,
  event: EventToPublish<Definition>,
): CloudEvent {
  const traceparent = event.traceparent ?? currentTraceparent();
  return {
    specversion: '1.0',
    id: event.id ?? newId('evt'),
    source: `/mfh/${service}`,
    type: definition.type,
    subject: event.subject,
    time: (event.time ?? new Date()).toISOString(),
    datacontenttype: 'application/json',
    ...(event.accountId !== undefined && { accountid: event.accountId }),
    ...(traceparent !== undefined && { traceparent }),
    data: definition.data.parse(event.data),
  };
}

/** Publishes facts to the EVENTS stream. Resolves when the broker has stored the event. */
@Injectable()
export class EventPublisher {
  constructor(
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {}

  /** @throws ZodError when the data does not fit its schema; Problem 503 when the broker does not answer */
  async publish<Definition extends EventDefinition>(
    definition: Definition,
    event: EventToPublish<Definition>,
  ): Promise<CloudEvent> {
    const wrapped = toCloudEvent(this.service, definition, event);
    await this.publishWrapped(definition.subject(event.detail), wrapped);
    return wrapped;
  }

  /** For outboxes: an event that was wrapped before, with the subject it was meant for. */
  async publishWrapped(subject: string, event: CloudEvent): Promise<void> {
    const carrier = headers();
    if (event.accountid !== undefined) carrier.set(ACCOUNT_HEADER, event.accountid);
    if (event.subject !== undefined) carrier.set(SUBJECT_HEADER, event.subject);
    if (event.traceparent !== undefined) carrier.set('traceparent', event.traceparent);
    await orUnavailable(publishJson(this.jetstream, subject, event, { msgID: event.id, headers: carrier }));
  }
}
