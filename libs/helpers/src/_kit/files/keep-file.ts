import type { StoredFile } from '../outside-ports.js';
import type { RunContext } from '../run-context.js';

export interface KeptFile {
  key: string;
  name: string;
  size: number;
  /** Downloads it, for as long as the link lives. */
  url: string;
}

const DAY_SECONDS = 24 * 60 * 60;
/** Ten years. */
const MOST_DAYS = 3650;

/** A signed link to a file of the account. */
export const linkToFile = (
  { links, identity }: RunContext<unknown>,
  { key, name }: { key: string; name: string },
  days: number,
): Promise<string> =>
  links.sign(
    'attachment',
    { account_id: identity.accountId, key, filename: name },
    {
      expiresInSeconds: Math.min(Math.max(days, 1), MOST_DAYS) * DAY_SECONDS,
    },
  );

/** Stores a file for the account and signs a link to it. */
export async function keepFile(context: RunContext<unknown>, file: StoredFile, days: number): Promise<KeptFile> {
  const { effect, files } = context;
  const summary = `Store ${file.name}`;
  const { key, size } = await effect(
    { step: `store-${file.name}`, operation: 'storeFile', target: file.name, summary },
    () => files.put(file),
  );
  return { key, name: file.name, size, url: await linkToFile(context, { key, name: file.name }, days) };
}
