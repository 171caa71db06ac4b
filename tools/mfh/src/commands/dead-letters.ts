import { parseArgs } from 'node:util';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { DeadLetter, questions, subjects } from '#contracts';
import { Questions } from '#messaging';
import { withBroker } from '../broker.js';
import { OperatorError, say, UsageError, type Command } from '../command.js';
import { formatTable } from '../table.js';

const DEFAULT_LIMIT = 50;
const READ_TIMEOUT_MS = 5_000;

export const deadLettersList: Command = {
  words: 'dead-letters list',
  usage: '[--account A] [--type HELPER_TYPE] [--code CODE] [--limit N]',
  summary: 'Lists dead letters of all accounts, newest first, unreadable messages included.',
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        account: { type: 'string' },
        type: { type: 'string' },
        code: { type: 'string' },
        limit: { type: 'string', default: String(DEFAULT_LIMIT) },
      },
    });
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit must be a number from 1 on');
    const letters = (await withBroker(readDeadLetters)).filter(
      ({ job, reason }) =>
        (values.account === undefined || job?.account_id === values.account) &&
        (values.type === undefined || job?.helper_type === values.type) &&
        (values.code === undefined || reason.code === values.code),
    );
    const shown = letters.toReversed().slice(0, limit);
    if (shown.length > 0) say(formatTable([HEAD, ...shown.map(rowOf)]));
    say(`${shown.length > 0 ? '\n' : ''}${shown.length} of ${letters.length} dead letters shown.`);
  },
};

const HEAD = ['dead letter', 'died at', 'helper type', 'account', 'code', 'reason'];

const rowOf = ({ dead_letter_id, dead_at, job, reason }: DeadLetter): string[] => [
  dead_letter_id,
  dead_at,
  job?.helper_type ?? '-',
  job?.account_id ?? '-',
  reason.code,
  reason.message.slice(0, 100),
];

/** Reads the whole stream, oldest first; what is no dead letter at all would be a defect and throws. */
async function readDeadLetters(connection: NatsConnection): Promise<DeadLetter[]> {
  const client = jetstream(connection);
  const stream = await client.streams.get(subjects.stream('DEAD_LETTERS'));
  const { messages } = (await stream.info()).state;
  const found: DeadLetter[] = [];
  if (messages === 0) return found;
  const consumer = await stream.getConsumer();
  for await (const message of await consumer.fetch({ max_messages: messages, expires: READ_TIMEOUT_MS })) {
    found.push(DeadLetter.parse(message.json()));
    if (message.info.pending === 0) break;
  }
  return found;
}

export const deadLettersReplay: Command = {
  words: 'dead-letters replay',
  usage: 'DEAD_LETTER_ID ...',
  summary: 'Makes a new execution of each dead letter; one that was replayed already is refused.',
  run: async (ids) => {
    if (ids.length === 0) throw new UsageError('at least one id of a dead letter is needed');
    await withBroker(async (connection) => {
      const accounts = new Map(
        (await readDeadLetters(connection)).map((letter) => [letter.dead_letter_id, letter.job?.account_id]),
      );
      const ask = new Questions(connection);
      for (const id of ids) {
        const accountId = accounts.get(id);
        if (accountId === undefined) throw new OperatorError(`${id} is no dead letter that can be replayed.`);
        const request = { account_id: accountId, dead_letter_id: id };
        const { execution_id } = await ask.ask(questions.replayDeadLetter, request, { timeoutMs: 10_000 });
        say(`${id} runs again as ${execution_id}.`);
      }
    });
  },
};
