import { isBreachedPassword } from './breached-passwords.js';

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

interface PasswordRule {
  code: string;
  message: string;
  holds(password: string): boolean;
}

/** Characters as people count them: a composed emoji is not four. */
const lengthOf = (password: string): number => [...password].length;

const RULES: readonly PasswordRule[] = [
  {
    code: 'too_small',
    message: `Password must be at least ${SHORTEST_PASSWORD} characters`,
    holds: (password) => lengthOf(password) >= SHORTEST_PASSWORD,
  },
  {
    code: 'too_big',
    message: `Password must be at most ${LONGEST_PASSWORD} characters`,
    holds: (password) => lengthOf(password) <= LONGEST_PASSWORD,
  },
  {
    code: 'no_upper_case',
    message: 'Password must contain an uppercase letter',
    holds: (password) => /\p{Lu}/u.test(password),
  },
  {
    code: 'no_lower_case',
    message: 'Password must contain a lowercase letter',
    holds: (password) => /\p{Ll}/u.test(password),
  },
  { code: 'no_digit', message: 'Password must contain a number', holds: (password) => /\p{Nd}/u.test(password) },
  {
    code: 'breached',
    message: 'This password is on a list of known passwords, choose another one',
    holds: (password) => !isBreachedPassword(password),
  },
];

/** What a client is told about a password that breaks a rule. */
export type PasswordFault = Pick<PasswordRule, 'code' | 'message'>;

/** The one policy for register, change and reset. @returns the first rule that is broken, undefined when none is */
export const passwordFault = (password: string): PasswordFault | undefined =>
  RULES.find((rule) => !rule.holds(password));
