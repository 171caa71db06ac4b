import { helpersQuestions } from './helpers.questions.js';
import { identityAccessQuestions } from './identity-access.questions.js';
import { platformsConnectionsQuestions } from './platforms-connections.questions.js';

/** Every question one service asks another; each service's part lives in a file of its own. */
export const questions = { ...helpersQuestions, ...identityAccessQuestions, ...platformsConnectionsQuestions } as const;

export { ChildStep } from './helpers.questions.js';
export { ConnectionCredentials, ConnectorSecrets, RateLimits } from './platforms-connections.questions.js';
