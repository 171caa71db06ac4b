/** Services that keep something in a database: each must report before an account counts as erased. */
export const ERASING_SERVICES = [
  'gateway',
  'identity',
  'accounts',
  'platforms-connections',
  'helpers',
  'billing',
  'notifications',
] as const;
