import { Injectable } from '@nestjs/common';
import { z } from 'zod';

export const TRANSPORTS = ['smtp', 'ses', 'resend', 'capture'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const Settings = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
  MFH_PUBLIC_URL: z.url().default('http://127.0.0.1:8080').describe('Address of the gateway as browsers see it'),
  MFH_APP_URL: z.string().default('http://127.0.0.1:3000').describe('Where the web client lives'),
  MFH_MAIL_TRANSPORT: z
    .enum(TRANSPORTS)
    .optional()
    .describe('How mail leaves; else the one that is configured, and `capture` (a local inbox) outside production'),
  MFH_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server, as smtp://user:password@host:587 or smtps://…'),
  MFH_SES_REGION: z.string().optional().describe('Region of Amazon SES, with credentials where the AWS SDK finds them'),
  MFH_SES_CONFIGURATION_SET: z.string().optional().describe('Configuration set of Amazon SES that reports deliveries'),
  MFH_SES_URL: z.url().optional().describe('Another address of the API of Amazon SES'),
  MFH_RESEND_API_KEY: z.string().optional().describe('Key at Resend'),
  MFH_RESEND_URL: z.url().default('https://api.resend.com').describe('Address of the API of Resend'),
  MFH_MAIL_FROM: z
    .string()
    .default('MyFusionHelper <no-reply@localhost>')
    .describe('Sender of the platform’s own mail'),
  MFH_MAIL_REPLY_TO: z.string().optional().describe('Where answers to the platform’s own mail go'),
  MFH_SUPPORT_ADDRESS: z.string().default('support@localhost').describe('Address of the support, named in mails'),
  MFH_HELP_URL: z.string().optional().describe('Where help is found, named in mails; the web client’s `/help` else'),
  MFH_MAIL_RETRY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5_000)
    .describe('Pause before the first of five further attempts at a mail; each pause is four times the one before'),
});

const NEEDED: Readonly<Record<TransportName, keyof z.infer<typeof Settings> | undefined>> = {
  smtp: 'MFH_SMTP_URL',
  ses: 'MFH_SES_REGION',
  resend: 'MFH_RESEND_API_KEY',
  capture: undefined,
};

/** The transport that was chosen, or the one whose settings are there. */
function transportOf(settings: z.infer<typeof Settings>): TransportName {
  const configured = TRANSPORTS.find((name) => {
    const needed = NEEDED[name];
    return needed !== undefined && settings[needed] !== undefined;
  });
  return settings.MFH_MAIL_TRANSPORT ?? configured ?? 'capture';
}

/** What notifications reads from the environment, beside the parts of its libraries. */
export const NotificationsConfig = Settings.superRefine((settings, context) => {
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  const transport = transportOf(settings);
  const needed = NEEDED[transport];
  if (needed !== undefined && settings[needed] === undefined)
    refuse(needed, `must be set to send mail by ${transport}`);
  if (transport === 'capture' && settings.MFH_MODE === 'production') {
    refuse('MFH_MAIL_TRANSPORT', 'must be smtp, ses or resend in production, with its settings');
  }
});
export type NotificationsConfig = z.infer<typeof NotificationsConfig>;

/** The settings in the words of the code. */
@Injectable()
export class NotificationsSettings {
  readonly transport: TransportName;
  readonly publicUrl: string;
  readonly appUrl: string;
  readonly helpUrl: string;
  readonly supportAddress: string;
  readonly from: string;
  readonly replyTo: string | undefined;
  readonly retryMs: number;

  constructor(readonly config: NotificationsConfig) {
    this.transport = transportOf(config);
    this.publicUrl = withoutSlash(config.MFH_PUBLIC_URL);
    this.appUrl = withoutSlash(config.MFH_APP_URL);
    this.helpUrl = config.MFH_HELP_URL ?? `${this.appUrl}/help`;
    this.supportAddress = config.MFH_SUPPORT_ADDRESS;
    this.from = config.MFH_MAIL_FROM;
    this.replyTo = config.MFH_MAIL_REPLY_TO;
    this.retryMs = config.MFH_MAIL_RETRY_MS;
  }
}
