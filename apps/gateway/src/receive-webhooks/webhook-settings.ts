import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

const words = (text: string): string[] => text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));

/** Public keys as PEM blocks, one after the other; `\n` may stand for a line break. */
const PublicKeys = z
  .string()
  .default('')
  .transform((text, context): KeyObject[] => {
    const blocks = text.replaceAll('\\n', '\n').match(PEM) ?? [];
    try {
      if (blocks.length === 0 && text.trim() !== '') throw new Error('no PEM block');
      return blocks.map((pem) => createPublicKey(pem));
    } catch {
      context.addIssue({ code: 'custom', message: 'must hold public keys as PEM (-----BEGIN PUBLIC KEY-----)' });
      return z.NEVER;
    }
  });

const Secrets = z.string().default('').transform(words);

/** By what webhooks of vendors are told from forgeries. Where something is missing, that vendor's are refused. */
export const WebhookConfig = z.object({
  MFH_PUBLIC_URL: z.url().default('http://127.0.0.1:8080').describe('Address of the gateway as browsers see it'),
  MFH_WEBHOOK_GOHIGHLEVEL_PUBLIC_KEYS: PublicKeys.describe(
    "GoHighLevel's public keys, Ed25519 and RSA, as PEM one after the other",
  ),
  MFH_WEBHOOK_HUBSPOT_SECRETS: Secrets.describe("The client secret of our HubSpot app; several while it's replaced"),
  MFH_WEBHOOK_ZOOM_SECRETS: Secrets.describe('The secret token of our Zoom app; the first answers validations'),
  MFH_WEBHOOK_FACEBOOK_SECRETS: Secrets.describe('The secret of our Facebook app'),
  MFH_WEBHOOK_SES_TOPICS: Secrets.describe('ARNs of the SNS topics by which Amazon SES reports bounces and complaints'),
  MFH_WEBHOOK_RESEND_SECRETS: Secrets.describe('The signing secret of our webhook at Resend'),
  MFH_WEBHOOK_STRIPE_SECRETS: Secrets.describe(
    "The signing secret of our webhook at Stripe; several while it's rolled",
  ),
  MFH_WEBHOOK_FACEBOOK_VERIFY_TOKEN: z
    .string()
    .optional()
    .describe('The word by which Facebook confirms the webhook address'),
});
export type WebhookConfig = z.infer<typeof WebhookConfig>;

/** The settings as receivers use them. */
export interface WebhookSettings {
  /** Without a slash at the end. */
  publicUrl: string;
  gohighlevelKeys: readonly KeyObject[];
  hubspotSecrets: readonly string[];
  zoomSecrets: readonly string[];
  facebookSecrets: readonly string[];
  facebookVerifyToken: string | undefined;
  sesTopics: readonly string[];
  resendSecrets: readonly string[];
  stripeSecrets: readonly string[];
}

export const webhookSettingsOf = (config: WebhookConfig): WebhookSettings => ({
  publicUrl: config.MFH_PUBLIC_URL.replace(/\/+$/, ''),
  gohighlevelKeys: config.MFH_WEBHOOK_GOHIGHLEVEL_PUBLIC_KEYS,
  hubspotSecrets: config.MFH_WEBHOOK_HUBSPOT_SECRETS,
  zoomSecrets: config.MFH_WEBHOOK_ZOOM_SECRETS,
  facebookSecrets: config.MFH_WEBHOOK_FACEBOOK_SECRETS,
  facebookVerifyToken: config.MFH_WEBHOOK_FACEBOOK_VERIFY_TOKEN,
  sesTopics: config.MFH_WEBHOOK_SES_TOPICS,
  resendSecrets: config.MFH_WEBHOOK_RESEND_SECRETS,
  stripeSecrets: config.MFH_WEBHOOK_STRIPE_SECRETS,
});
