import { z } from 'zod';
import { ConnectorsConfig, oauthPlatforms } from '#connectors';

const Origins = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))
  .pipe(z.array(z.url({ protocol: /^https?$/ })));

/** What platforms-connections reads from the environment, beside the parts of its libraries. */
export const ConnectionsConfig = z.object({
  MFH_PUBLIC_URL: z.url().default('http://127.0.0.1:8080').describe('Address of the gateway as browsers see it'),
  MFH_APP_URL: z.url().optional().describe("The web client's address; the gateway's own where it serves the client"),
  MFH_OAUTH_REDIRECT_URL: z
    .url()
    .optional()
    .describe('Where vendors send browsers back to; the callback route of the gateway unless the web client does it'),
  MFH_OAUTH_REDIRECT_ORIGINS: Origins.describe('Further origins, separated by commas, that a sign-in may return to'),
});
export type ConnectionsConfig = z.infer<typeof ConnectionsConfig>;

const clientVariables = oauthPlatforms().map((slug) => {
  const prefix = `MFH_OAUTH_${slug.toUpperCase()}_CLIENT`;
  return { id: `${prefix}_ID`, secret: `${prefix}_SECRET` };
});

/** Our registrations at vendors: `MFH_OAUTH_<SLUG>_CLIENT_ID` and `MFH_OAUTH_<SLUG>_CLIENT_SECRET`, both or neither. */
export const OAuthClientsConfig = z
  .object(
    Object.fromEntries(
      clientVariables.flatMap(({ id, secret }) => [
        [id, z.string().optional().describe('Our client id at the vendor')],
        [secret, z.string().optional().describe('The secret of that client')],
      ]),
    ),
  )
  .superRefine((given, context) => {
    for (const { id, secret } of clientVariables) {
      const [missing, present] = given[id] === undefined ? [id, secret] : [secret, id];
      if (given[missing] !== undefined || given[present] === undefined) continue;
      context.addIssue({ code: 'custom', path: [missing], message: `must be set where ${present} is` });
    }
  });

/** Everything the service reads, checked together at start. */
export const ServiceSettings = ConnectionsConfig.and(ConnectorsConfig).and(OAuthClientsConfig);

/** The settings as the service uses them. */
export interface ConnectionsSettings {
  appUrl: string;
  oauthRedirectUrl: string;
  allowedOrigins: readonly string[];
  /** Address of the gateway, without a slash at the end. */
  publicUrl: string;
}

export const CONNECTIONS_SETTINGS = Symbol('CONNECTIONS_SETTINGS');

export function settingsOf(config: ConnectionsConfig): ConnectionsSettings {
  const publicUrl = config.MFH_PUBLIC_URL.replace(/\/+$/, '');
  return {
    appUrl: config.MFH_APP_URL ?? publicUrl,
    oauthRedirectUrl: config.MFH_OAUTH_REDIRECT_URL ?? `${publicUrl}/platforms/oauth/callback`,
    allowedOrigins: config.MFH_OAUTH_REDIRECT_ORIGINS,
    publicUrl,
  };
}
