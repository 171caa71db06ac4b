/** Types of the broker's client that services name when they inject its parts. */
export type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
export type { NatsConnection } from '@nats-io/transport-node';
