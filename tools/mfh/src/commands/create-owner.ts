import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, UsageError, type Command } from '../command.js';

export const createOwner: Command = {
  words: 'create-owner',
  usage: '--email E --name N [--company C] [--password P]',
  summary: 'Creates a user with an account of their own; without a password it makes one and prints it.',
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        company: { type: 'string' },
        password: { type: 'string' },
      },
    });
    const { email, name, company } = values;
    if (email === undefined || name === undefined) throw new UsageError('--email and --name are needed');
    const password = values.password ?? `Mfh1-${randomBytes(12).toString('base64url')}`;
    const created = await withQuestions((ask) =>
      ask.ask(
        questions.createOwner,
        { email, name, password, ...(company !== undefined && { company }) },
        { timeoutMs: 15_000 },
      ),
    );
    say(`user     ${created.user_id}`);
    say(`account  ${created.account_id}`);
    if (values.password === undefined) say(`password ${password}`);
  },
};
