import { withoutNames, type CodeNames } from './code-names.js';
import type { FlowPicture, Message, Participant } from './flow-picture.js';

const ROUTE = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)/;
const REFUSAL = /^(\d{3})(?: ([a-z_]+\.[a-z_]+))?(?:, .*)?$/;
const MAIL = /^mail (\w+)(?:, .+)?$/;
const WORD = /^(#?[\w.]+)(?:, .+)?$/;

/** What a picture says that the code does not. Whoever sends must know what it sends; whoever gets it must have it. */
export function nameFaults({ participants, messages }: FlowPicture, names: CodeNames): string[] {
  const unknown = participants
    .filter(({ name, outside }) => !outside && !isKnown(name, names))
    .map(({ name }) => `the code has no service, class or stream ${name}`);
  const wrong = messages.flatMap((message) => {
    const fault = message.answer ? answerFault(message, names) : messageFault(message, names);
    return fault === undefined ? [] : [`line ${message.line}, "${message.text}": ${fault}`];
  });
  return [...unknown, ...wrong];
}

const isKnown = (name: string, { services, classes, streams }: CodeNames): boolean =>
  services.has(name) || classes.has(name) || streams.has(name);

function answerFault({ text }: Message, { sources }: CodeNames): string | undefined {
  if (!/^\d/.test(text)) return undefined;
  const [matched, , code] = REFUSAL.exec(text) ?? [];
  if (matched === undefined) return 'an answer by status is a status, a code if it has one, and words after a comma';
  return code === undefined || sources.includes(`'${code}'`) ? undefined : `no error has the code ${code}`;
}

function messageFault(message: Message, names: CodeNames): string | undefined {
  const { to, text } = message;
  const [mail, template = ''] = MAIL.exec(text) ?? [];
  if (mail !== undefined) return mailFault(message, template, names);
  const [route, method = '', path = ''] = ROUTE.exec(text) ?? [];
  if (to.outside) return undefined;
  if (route !== undefined) return routeFault(to, method, path, names);
  const [, word = ''] = WORD.exec(text) ?? [];
  if (word === '') return 'a message is a name, and words after a comma';
  if (names.streams.has(to.name)) return published(message, word, names);
  if (names.events.has(word)) return heard(to, word, names);
  if (names.services.has(to.name)) return asked(message, word, names);
  if (!names.classes.get(to.name)?.some(({ methods }) => methods.has(word))) return `${to.name} has no method ${word}`;
  return mentions(message.from, [`.${word}(`, `.${word}<`], names)
    ? undefined
    : `${message.from.name} does not call it`;
}

/** A controller spells its routes piece by piece. */
function routeFault(to: Participant, method: string, path: string, names: CodeNames): string | undefined {
  if (!names.routes.has(`${method} ${withoutNames(path)}`)) return 'there is no such route';
  const source = sourceOf(to, names);
  const pieces = path.split('/').filter((piece) => piece !== '' && !piece.startsWith('{'));
  const spelt = source === undefined || pieces.every((piece) => source.includes(piece));
  return spelt ? undefined : `${to.name} does not answer it`;
}

function mailFault({ from, to }: Message, template: string, names: CodeNames): string | undefined {
  if (!names.mails.has(template)) return 'there is no such mail';
  if (to.outside) return undefined;
  if (to.name !== 'NOTIFY') return 'mails are asked for in the stream NOTIFY';
  return mentions(from, [`'${template}'`], names) ? undefined : `${from.name} does not ask for this mail`;
}

/** Webhooks of all vendors are one list in the code. */
const spellings = (key: string): string[] =>
  key.endsWith('WebhookReceived') ? [`events.${key}`, 'inboundReceived'] : [`events.${key}`];

function published({ from }: Message, word: string, names: CodeNames): string | undefined {
  const key = names.events.get(word);
  if (key === undefined) return 'there is no such event';
  return mentions(from, spellings(key), names) ? undefined : `${from.name} does not publish it`;
}

function heard(to: Participant, word: string, names: CodeNames): string | undefined {
  const key = names.events.get(word) ?? '';
  return mentions(to, spellings(key), names) ? undefined : `${to.name} does not hear of it`;
}

function asked({ from, to }: Message, word: string, names: CodeNames): string | undefined {
  if (names.questions.get(word) !== to.name) return `${to.name} answers no question ${word}`;
  return mentions(from, [`questions.${word}`], names) ? undefined : `${from.name} does not ask it`;
}

/** Whether one of the texts is in the sources of a participant; outside and in streams nobody can look. */
function mentions(participant: Participant, texts: readonly string[], names: CodeNames): boolean {
  const source = sourceOf(participant, names);
  return source === undefined || texts.some((text) => source.includes(text));
}

function sourceOf({ name, outside }: Participant, { classes, services }: CodeNames): string | undefined {
  if (outside) return undefined;
  const ofClass = classes.get(name)?.map(({ source }) => source);
  return ofClass?.join('\n') ?? services.get(name);
}
