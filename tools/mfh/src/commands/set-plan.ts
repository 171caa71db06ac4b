import { questions } from '#contracts';
import { withQuestions } from '../broker.js';
import { say, UsageError, type Command } from '../command.js';

const PLANS = ['free', 'start', 'grow', 'deliver'] as const;

const planOf = (text: string | undefined): (typeof PLANS)[number] | undefined => PLANS.find((plan) => plan === text);

export const setPlan: Command = {
  words: 'set-plan',
  usage: `ACCOUNT ${PLANS.join('|')}`,
  summary: 'Puts an account on a plan without payment.',
  run: async ([accountId, planName]) => {
    const plan = planOf(planName);
    if (accountId === undefined || plan === undefined) throw new UsageError('an account id and a plan are needed');
    await withQuestions((ask) => ask.ask(questions.setPlan, { account_id: accountId, plan }, { timeoutMs: 10_000 }));
    say(`${accountId} is on the plan ${plan}.`);
  },
};
