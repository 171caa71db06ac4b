import { generateKeyPairSync, sign } from 'node:crypto';
import type { SystemOptions } from './running-system.js';

const SECRET = 'client-secret-of-our-app';

/** The key of GoHighLevel in these tests. */
const ghl = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A body as GoHighLevel would sign it. */
export const signedByGoHighLevel = (body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-ghl-signature': sign(null, Buffer.from(body), ghl.privateKey).toString('base64'),
});

/** A system whose demo CRM stands for all vendors and sends webhooks to the gateway, much faster than they do. */
export function webhookSystem(further: Record<string, string> = {}): SystemOptions {
  return {
    env: (urlOf) => ({
      MFH_CRMS: 'sandbox',
      MFH_PUBLIC_URL: urlOf('gateway'),
      MFH_WEBHOOK_GOHIGHLEVEL_PUBLIC_KEYS: ghl.publicKey,
      MFH_WEBHOOK_HUBSPOT_SECRETS: SECRET,
      MFH_SANDBOX_GOHIGHLEVEL_HOOK_URL: `${urlOf('gateway')}/webhooks/gohighlevel`,
      MFH_SANDBOX_GOHIGHLEVEL_HOOK_KEY: ghl.privateKey,
      MFH_SANDBOX_HUBSPOT_HOOK_URL: `${urlOf('gateway')}/webhooks/hubspot`,
      MFH_SANDBOX_HUBSPOT_HOOK_SECRET: SECRET,
      MFH_SANDBOX_HOOK_SPEED: '5000',
      ...further,
    }),
  };
}
