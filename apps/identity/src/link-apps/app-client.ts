import { z } from 'zod';
import { KEY_SCOPES, type KeyScope } from '#contracts';

/** What users may allow linked apps: every scope by its name, never all at once. */
export const APP_SCOPES = KEY_SCOPES.filter((scope) => scope !== '*');

/** What the consent page says about each. */
export const SCOPE_TEXTS: Readonly<Record<Exclude<KeyScope, '*'>, string>> = {
  execute_helpers: 'Run your helpers',
  read_helpers: 'See your helpers',
  read_executions: 'See what your helpers did',
  chat: 'Talk to the assistant in your name',
  data_read: 'See the data of your connections',
  data_export: 'Export the data of your connections',
  backups_run: 'Start backups',
  backups_restore: 'Restore from backups',
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

const RedirectUri = z.url().refine(
  (text) => {
    const { protocol, hostname, hash } = new URL(text);
    return hash === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
  },
  { message: 'must be https (or http on the own machine) without a fragment' },
);

/** A product that may ask users to be linked. */
export const AppClient = z.strictObject({
  client_id: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
  /** Absent for apps that cannot keep one; these prove themselves by PKCE alone. */
  client_secret: z.string().min(32, 'must have at least 32 characters').optional(),
  /** How it shows its secret at the token endpoint. */
  secret_in: z.enum(['header', 'body']).default('header'),
  name: z.string().min(1).max(80),
  redirect_uris: z.array(RedirectUri).min(1),
  scopes: z.array(z.enum(KEY_SCOPES).exclude(['*'])).min(1),
});
export type AppClient = z.infer<typeof AppClient>;

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
}

/** The list of clients as one environment variable holds it. */
export const AppClients = z
  .string()
  .default('[]')
  .transform(parsed)
  .pipe(z.array(AppClient))
  .refine((clients) => new Set(clients.map(({ client_id }) => client_id)).size === clients.length, {
    message: 'names a client_id twice',
  });
