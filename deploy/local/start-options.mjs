import { PlainError } from '../../tools/bootstrap/plain-error.mjs';

const KNOWN = ['--no-demo', '--real-crms'];

/**
 * What `npm start -- ...` asks for.
 * @returns `{demo, env}`; `env` wins over every default
 */
export function startOptions(given, env = process.env) {
  const unknown = given.filter((option) => !KNOWN.includes(option));
  if (unknown.length > 0) {
    throw new PlainError(`npm start does not know ${unknown.join(', ')}: its options are ${KNOWN.join(' and ')}.`);
  }
  const real = given.includes('--real-crms');
  return { demo: !given.includes('--no-demo'), env: real ? { ...env, MFH_CRMS: 'vendors' } : env };
}
