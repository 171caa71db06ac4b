import type { JsMsg } from '@nats-io/jetstream';
import type { ExecutionJob, Lane } from '#contracts';

/** Set by the helpers service on jobs whose earlier publication may have been stored. */
const REPUBLISHED_HEADER = 'Mfh-Republished';

/** A job as it came from the stream. */
export interface DeliveredJob {
  job: ExecutionJob;
  lane: Lane;
  message: JsMsg;
  traceparent: string | undefined;
  /** Nobody can have had this job before: no look at its claim is needed. */
  fresh: boolean;
  publishedAt: Date;
}

export function deliveredJob(job: ExecutionJob, lane: Lane, message: JsMsg): DeliveredJob {
  const traceparent = message.headers?.get('traceparent');
  return {
    job,
    lane,
    message,
    traceparent: traceparent === '' ? undefined : traceparent,
    fresh: message.info.deliveryCount === 1 && !message.headers?.has(REPUBLISHED_HEADER),
    publishedAt: new Date(message.info.timestampNanos / 1e6),
  };
}
