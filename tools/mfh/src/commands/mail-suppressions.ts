import { MailAddress, questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, UsageError, type Command } from '../command.js';
import { formatTable } from '../table.js';

const SHOWN = 1_000;

export const mailSuppressions: Command = {
  words: 'mail suppressions',
  usage: '',
  summary: 'Lists addresses that get no mail (bounce, complaint) or no optional mail (unsubscribe), newest first.',
  run: async () => {
    const { suppressions } = await withQuestions((ask) => ask.ask(questions.suppressions, { limit: SHOWN }));
    if (suppressions.length === 0) return say('No address is suppressed.');
    const rows = suppressions.map(({ address, reason, since }) => [address, reason, since]);
    say(formatTable([['address', 'reason', 'since'], ...rows]));
  },
};

export const mailRelease: Command = {
  words: 'mail release',
  usage: 'ADDRESS',
  summary: 'Lets mail go to an address again, for example after its mailbox was repaired.',
  run: async (args) => {
    const [given, ...others] = args;
    const address = MailAddress.safeParse(given);
    if (!address.success || others.length > 0) throw new UsageError('one address is needed');
    const { released } = await withQuestions((ask) => ask.ask(questions.releaseAddress, { address: address.data }));
    say(released ? `${address.data} gets mail again.` : `${address.data} was not suppressed.`);
  },
};
