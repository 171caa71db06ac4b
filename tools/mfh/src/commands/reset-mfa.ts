import { parseArgs } from 'node:util';
import { questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, UsageError, type Command } from '../command.js';

export const resetMfa: Command = {
  words: 'reset-mfa',
  usage: '--email E',
  summary: 'Takes the second factor of a user away who has lost it, and ends all their sessions.',
  run: async (args) => {
    const { email } = parseArgs({ args, options: { email: { type: 'string' } } }).values;
    if (email === undefined) throw new UsageError('--email is needed');
    const { user_id, sessions_ended } = await withQuestions((ask) => ask.ask(questions.resetSecondFactor, { email }));
    say(`user     ${user_id}`);
    say(`sessions ${sessions_ended} ended`);
  },
};
