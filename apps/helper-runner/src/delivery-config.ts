import { z } from 'zod';

/** Settings of what helpers send to people through the platform's own services. */
export const DeliveryConfig = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What kind of start this is'),
  MFH_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server, as smtp://user:password@host:587 or smtps://…; without it helpers cannot send mail'),
  MFH_MAIL_FROM: z
    .string()
    .default('MyFusionHelper <no-reply@localhost>')
    .describe('Sender of the platform’s own mail'),
  MFH_MAIL_SENDER_CHECK: z
    .enum(['dns', 'off'])
    .optional()
    .describe('Whether a domain must name the account in DNS before it can be a sender; dns in production, else off'),
  MFH_GOOGLE_MAPS_API_KEY: z
    .string()
    .optional()
    .describe('Key at Google Maps for the time zones of postal addresses; without one countries and states decide'),
  MFH_KLEAN13_API_KEY: z.string().optional().describe('Key of the platform at the e-mail verifier klean13'),
});
export type DeliveryConfig = z.infer<typeof DeliveryConfig>;
