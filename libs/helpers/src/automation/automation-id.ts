import { z } from 'zod';
import { fieldText } from '../_kit/text/field-text.js';

/** Id of an automation, campaign sequence or workflow as the CRM shows it; a whole number becomes plain digits. */
export const automationId = (description: string) =>
  z
    .union([z.string(), z.number().int()])
    .transform(fieldText)
    .refine((id) => id.trim() !== '', { error: 'Must be the id of an automation' })
    .meta({ description });
