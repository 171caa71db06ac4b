import { z } from 'zod';

const USUAL = 10;
/** A file is in memory while it is worked on. */
const MOST = 50;

/** Size limit of a file in MiB: 10 when nothing sensible is given, never more than 50. */
export const mebibytes = (description: string) =>
  z
    .number()
    .transform((given) => (given > 0 ? Math.min(given, MOST) : USUAL))
    .default(USUAL)
    .meta({ description });
