import { questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, UsageError, type Command } from '../command.js';
import { formatTable } from '../table.js';

/** Some twenty requests to the payment provider, one after the other. */
const TIMEOUT_MS = 120_000;

export const syncPlans: Command = {
  words: 'sync-plans',
  usage: '',
  summary: 'Makes products, prices and meter at the payment provider agree with the plans; repeating changes nothing.',
  run: async (args) => {
    if (args.length > 0) throw new UsageError('it takes no arguments');
    const { steps } = await withQuestions((ask) => ask.ask(questions.syncPlans, {}, { timeoutMs: TIMEOUT_MS }));
    say(
      formatTable([['kind', 'name', 'id', ''], ...steps.map(({ kind, name, id, action }) => [kind, name, id, action])]),
    );
    const changed = steps.filter(({ action }) => action !== 'unchanged').length;
    say(changed === 0 ? 'Everything agreed already.' : `${changed} of ${steps.length} were brought into agreement.`);
  },
};
