import 'reflect-metadata';
import { isProblem } from '#contracts';
import { OperatorError, say, UsageError, type Command } from './command.js';
import { createOwner } from './commands/create-owner.js';
import { deadLettersList, deadLettersReplay } from './commands/dead-letters.js';
import { mailPreview, mailTemplatesList } from './commands/mail-preview.js';
import { mailRelease, mailSuppressions } from './commands/mail-suppressions.js';
import { migrate } from './commands/migrate.js';
import { resetMfa } from './commands/reset-mfa.js';
import { rotateKeys } from './commands/rotate-keys.js';
import { rotateSigningKeys } from './commands/rotate-signing-keys.js';
import { setPlan } from './commands/set-plan.js';
import { syncPlans } from './commands/sync-plans.js';
import { streamsApply, streamsStatus } from './commands/streams.js';

const COMMANDS: readonly Command[] = [
  setPlan,
  syncPlans,
  createOwner,
  resetMfa,
  streamsStatus,
  streamsApply,
  deadLettersList,
  deadLettersReplay,
  migrate,
  rotateKeys,
  rotateSigningKeys,
  mailTemplatesList,
  mailPreview,
  mailSuppressions,
  mailRelease,
];

function help(): void {
  say('Usage: npm run mfh -- COMMAND\n');
  for (const { words, usage, summary } of COMMANDS) say(`  ${`${words} ${usage}`.trim()}\n      ${summary}`);
}

/** What the operator reads when a command fails: one sentence; a defect of ours keeps its stack. */
function explain(error: unknown, command: Command): string {
  if (error instanceof UsageError || (error instanceof TypeError && 'code' in error)) {
    return `${error.message}. Usage: mfh ${command.words} ${command.usage}`;
  }
  if (error instanceof OperatorError) return error.message;
  if (isProblem(error)) {
    const fields = error.errors?.map(({ message }) => message).join('; ') ?? '';
    return `Refused: ${error.message}${fields === '' ? '' : `: ${fields}`} (${error.code}).`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(args: string[]): Promise<number> {
  const line = args.join(' ');
  const command = COMMANDS.find(({ words }) => line === words || line.startsWith(`${words} `));
  if (command === undefined) {
    help();
    return args.length === 0 || args[0] === 'help' || args[0] === '--help' ? 0 : 2;
  }
  try {
    await command.run(args.slice(command.words.split(' ').length));
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error, command)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
