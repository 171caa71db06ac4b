import { accountsQuestions } from './accounts.questions.js';
import { billingQuestions } from './billing.questions.js';
import { helperRunnerQuestions } from './helper-runner.questions.js';
import { helpersQuestions } from './helpers.questions.js';
import { identityAccessQuestions } from './identity-access.questions.js';
import { identityTeamQuestions } from './identity-team.questions.js';
import { identityQuestions } from './identity.questions.js';
import { notificationsQuestions } from './notifications.questions.js';
import { platformsConnectionsQuestions } from './platforms-connections.questions.js';

/** Every question one service asks another; each service's part lives in a file of its own. */
export const questions = {
  ...helpersQuestions,
  ...helperRunnerQuestions,
  ...identityAccessQuestions,
  ...identityQuestions,
  ...identityTeamQuestions,
  ...accountsQuestions,
  ...billingQuestions,
  ...platformsConnectionsQuestions,
  ...notificationsQuestions,
} as const;

export { Account, ACCOUNT_STATUSES, AvailableAccount } from './accounts.questions.js';
export { DryRun } from './helper-runner.questions.js';
export { ChildStep } from './helpers.questions.js';
export { USER_STATUSES, type UserStatus } from './identity.questions.js';
export { ConnectionCredentials, ConnectorSecrets, RateLimits } from './platforms-connections.questions.js';
