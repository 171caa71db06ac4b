import { z } from 'zod';
import { fieldText } from '../_kit/text/field-text.js';

/** A service's own id: text, or a number that somebody's client made of it. */
export const externalId = (description: string) =>
  z
    .union([z.string(), z.number()])
    .transform((id) => fieldText(id).trim())
    .refine((id) => id !== '', { error: 'Must not be empty', params: { missing: true } })
    .meta({ description });
