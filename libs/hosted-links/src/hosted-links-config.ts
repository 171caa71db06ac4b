import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keyList } from '#sealing';
import { HostedLinks } from './hosted-links.js';

/** For a machine without secrets of its own: known to everybody who can read this, refused in production. */
const localKey = () => [
  { id: 'local', key: createHash('sha256').update('local link key, not for production').digest() },
];

/** What signs and opens the URLs of hosted pages. */
export const HostedLinksConfig = z
  .object({
    MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
    MFH_PUBLIC_URL: z.url().default('http://127.0.0.1:8080').describe('Address of the gateway as browsers see it'),
    MFH_LINK_KEYS: keyList
      .optional()
      .describe('Keys that sign URLs of hosted pages: `kid:base64url,...` of 32 bytes each, the current one first'),
  })
  .transform(({ MFH_MODE, MFH_PUBLIC_URL, MFH_LINK_KEYS }, context) => {
    if (MFH_LINK_KEYS === undefined && MFH_MODE === 'production') {
      context.addIssue({ code: 'custom', path: ['MFH_LINK_KEYS'], message: 'must be set in production' });
    }
    return { publicUrl: MFH_PUBLIC_URL, linkKeys: MFH_LINK_KEYS ?? localKey() };
  });
export type HostedLinksConfig = z.infer<typeof HostedLinksConfig>;

/** @throws ZodError when the keys are missing in production or cannot be read */
export function hostedLinksFromEnvironment(env: NodeJS.ProcessEnv = process.env): HostedLinks {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { publicUrl, linkKeys } = HostedLinksConfig.parse(present);
  return new HostedLinks(publicUrl, linkKeys);
}
