import { z } from 'zod';

/** A password as somebody types it to confirm something: any, but not a book. */
export const TypedPassword = z
  .string({ error: 'password is required' })
  .min(1, 'password is required')
  .max(1_024, 'password is too long');
