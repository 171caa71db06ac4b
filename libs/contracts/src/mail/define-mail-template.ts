import { z } from 'zod';

/**
 * What a mail is for. `transactional` mails answer something that the recipient did or must know, and go out whatever
 * was unsubscribed from; `optional` ones carry a link that ends them.
 */
export type MailCategory = 'transactional' | 'optional';

export interface MailTemplate<Variables extends z.ZodObject = z.ZodObject> {
  readonly category: MailCategory;
  /** When it is sent, in one sentence. */
  readonly summary: string;
  readonly variables: Variables;
  /** Variables that let whoever reads them act as the recipient: they travel and wait sealed. */
  readonly secrets: readonly (keyof z.infer<Variables> & string)[];
}

/** Declares a mail once: its purpose and the variables that a request must bring. */
export const defineMailTemplate = <Variables extends z.ZodObject>(
  template: Omit<MailTemplate<Variables>, 'secrets' | 'category'> &
    Partial<Pick<MailTemplate<Variables>, 'secrets' | 'category'>>,
): MailTemplate<Variables> => ({ category: 'transactional', secrets: [], ...template });

const LONGEST_LINE = 200;
const LONGEST_TEXT = 2_000;

const singleLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** Text of people, such as a name: made one line and cut rather than refused, since no mail is worth a failed request. */
export const line = z.string().transform((text) => singleLine(text).slice(0, LONGEST_LINE));

/** As `line`, for longer texts; line ends stay. */
export const paragraph = z.string().transform((text) => text.trim().slice(0, LONGEST_TEXT));

/** The first name or full name to greet with; without it the greeting names nobody. */
export const greetedName = line.optional();

export const moment = z.union([z.date().transform((date) => date.toISOString()), z.iso.datetime()]);

export const minutes = z.number().int().min(1);
export const count = z.number().int().min(0);
export const secretText = z.string().min(1).max(2_000);

/** An amount in minor units of its currency (cents), never a float. */
export const amount = z.object({ minor: z.number().int(), currency: z.string().regex(/^[A-Za-z]{3}$/) });
