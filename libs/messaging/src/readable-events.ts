import { CloudEvent, type EventData, type EventDefinition } from '#contracts';
import { logger } from '#telemetry';
import type { JsMsg } from './broker-types.js';

/**
 * The data of messages that hold this event. One that cannot be read would come back for ever, so it is reported and
 * left out.
 */
export function readableEvents<Definition extends EventDefinition>(
  definition: Definition,
  messages: readonly JsMsg[],
): EventData<Definition>[] {
  return messages.flatMap((message) => {
    try {
      return [definition.data.parse(CloudEvent.parse(message.json()).data) as EventData<Definition>];
    } catch (error) {
      logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event cannot be read');
      return [];
    }
  });
}
