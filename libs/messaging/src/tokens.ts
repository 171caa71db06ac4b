/** Injection tokens of what `MessagingModule` provides. */
export const NATS_CONNECTION = Symbol('NATS_CONNECTION');
export const JETSTREAM = Symbol('JETSTREAM');
export const SERVICE_NAME = Symbol('SERVICE_NAME');
