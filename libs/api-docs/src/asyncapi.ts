import {
  CloudEvent,
  events,
  mailRequested,
  questions,
  subjectsFor,
  type EventDefinition,
  type QuestionDefinition,
} from '#contracts';
import { MessageSchemas, type Json } from './message-schemas.js';

/** Subjects as an installation without a prefix has them, whatever this process's own prefix is. */
const plain = subjectsFor('');
const DETAIL = 'helper_type';

const reference = (path: string): Json => ({ $ref: `#/${path}` });

/** The envelope of CloudEvents with the type and data of one event. */
function cloudEventOf({ type, data }: EventDefinition, schemas: MessageSchemas): Json {
  const envelope = schemas.add(CloudEvent, 'output') as { properties?: Json };
  return {
    ...envelope,
    properties: { ...envelope.properties, type: { const: type }, data: schemas.add(data, 'output') },
  };
}

/** Mails are work for one service and travel in a queue of their own. */
const addressOf = (definition: EventDefinition): string =>
  definition.type === mailRequested.type
    ? plain.notifyEmail
    : plain.event(
        definition.domain,
        definition.entity,
        definition.fact,
        definition.detailed ? `{${DETAIL}}` : undefined,
      );

function eventParts(
  name: string,
  definition: EventDefinition,
  schemas: MessageSchemas,
): { channel: Json; operation: Json } {
  const { detailed, summary } = definition;
  return {
    channel: {
      address: addressOf(definition),
      title: definition.type,
      description: summary,
      ...(detailed && { parameters: { [DETAIL]: { description: 'Type of the helper that was executed' } } }),
      messages: {
        [name]: {
          name: definition.type,
          summary,
          contentType: 'application/cloudevents+json',
          payload: cloudEventOf(definition, schemas),
        },
      },
    },
    operation: {
      action: 'send',
      channel: reference(`channels/${name}`),
      summary,
      messages: [reference(`channels/${name}/messages/${name}`)],
    },
  };
}

function questionParts(name: string, definition: QuestionDefinition, schemas: MessageSchemas) {
  const { service, name: question, summary, request, answer } = definition;
  const channel = {
    address: plain.question(service, question),
    title: `${service}: ${question}`,
    description: summary,
    messages: {
      request: { name: `${name}.request`, contentType: 'application/json', payload: schemas.add(request, 'input') },
      answer: { name: `${name}.answer`, contentType: 'application/json', payload: schemas.add(answer, 'output') },
    },
  };
  const operation = {
    action: 'receive',
    channel: reference(`channels/${name}`),
    summary,
    messages: [reference(`channels/${name}/messages/request`)],
    reply: { channel: reference(`channels/${name}`), messages: [reference(`channels/${name}/messages/answer`)] },
  };
  return { channel, operation };
}

/**
 * The AsyncAPI 3 document of everything that services tell and ask each other, from the schemas that check it. Events are
 * CloudEvents on JetStream; questions are NATS requests, of which the named service is the one that answers.
 */
export function asyncApiDocument(version: string): Json {
  const schemas = new MessageSchemas();
  const parts = [
    ...Object.entries({ ...events, mailRequested }).map(
      ([name, definition]) => [name, eventParts(name, definition, schemas)] as const,
    ),
    ...Object.entries(questions).map(([name, definition]) => [name, questionParts(name, definition, schemas)] as const),
  ].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    asyncapi: '3.0.0',
    info: { title: 'MyFusion Helper: events and questions', version },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(parts.map(([name, { channel }]) => [name, channel])),
    operations: Object.fromEntries(parts.map(([name, { operation }]) => [name, operation])),
    components: { schemas: Object.fromEntries([...schemas.components].toSorted(([a], [b]) => (a < b ? -1 : 1))) },
  };
}
