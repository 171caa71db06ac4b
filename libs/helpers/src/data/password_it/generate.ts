const CLASSES = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  special: '!@#$%^&*()-_=+[]{}|;:,.<>?',
} as const;

/** Characters that are easily taken for another one of these. */
const LOOK_ALIKES = new Set('0OoQD1lI|i!2Z5S8B;:,.');

export interface PasswordRules {
  length: number;
  special: boolean;
  /** Leaves out characters that look like others. */
  legible: boolean;
}

type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** Every order is as likely as any other. */
function shuffled(characters: readonly string[], random: Random): string[] {
  const order = [...characters];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(random, last + 1);
    [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
  }
  return order;
}

/**
 * Draws a password: at least one character of each class, all others independently from all classes, in any order.
 * @param random fit for secrets
 */
export function generatePassword({ length, special, legible }: PasswordRules, random: Random): string {
  const classes = [CLASSES.lower, CLASSES.upper, CLASSES.digits, ...(special ? [CLASSES.special] : [])].map((each) =>
    [...each].filter((character) => !legible || !LOOK_ALIKES.has(character)),
  );
  const all = classes.flat();
  const draw = (characters: readonly string[]): string => characters[below(random, characters.length)] ?? '';
  const others = Array.from({ length: length - classes.length }, () => draw(all));
  return shuffled([...classes.map(draw), ...others], random).join('');
}
