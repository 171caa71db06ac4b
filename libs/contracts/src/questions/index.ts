import { helpersQuestions } from './helpers.questions.js';

/** Every question one service asks another; each service's part lives in a file of its own. */
export const questions = { ...helpersQuestions } as const;

export { ChildStep } from './helpers.questions.js';
