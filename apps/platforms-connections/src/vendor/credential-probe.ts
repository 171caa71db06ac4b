import type { ConnectorSecrets } from '#contracts';
import { ConnectorError, type ConnectorErrorKind, type CredentialProbe, type PlatformManifest } from '#connectors';
import { isHttpFailure, type HttpRequester, type HttpResponse } from '#http';

/** What a probe signs with. */
export interface ProbeCredentials {
  secrets: ConnectorSecrets;
  baseUrl: string | undefined;
}

/**
 * Tries credentials out at a platform whose contacts no connector reads, by the one request its manifest names.
 * @throws ConnectorError `unsupported` where there is no such request, `auth_invalid` where the vendor refuses it
 */
export async function probeCredentials(
  { record, probe }: PlatformManifest,
  credentials: ProbeCredentials,
  http: HttpRequester,
  signal: AbortSignal,
): Promise<void> {
  const fail = (kind: ConnectorErrorKind, message: string, status = 0): ConnectorError =>
    new ConnectorError({ kind, platform: record.slug, operation: 'testConnection', message, status });
  if (probe === undefined) throw fail('unsupported', `${record.name} cannot be tested`);
  const answer = await send(probe, placeholdersOf(credentials), http, signal).catch((error: unknown) => {
    if (!isHttpFailure(error)) throw error;
    throw fail('network', `${record.name} did not answer: ${error.message}`);
  });
  if (answer.status >= 200 && answer.status < 300) return;
  throw fail(kindOf(answer.status), `${record.name} answered ${answer.status}`, answer.status);
}

function kindOf(status: number): ConnectorErrorKind {
  if (status === 401 || status === 403) return 'auth_invalid';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server' : 'validation';
}

type Placeholders = Record<string, string>;

function placeholdersOf({ secrets, baseUrl }: ProbeCredentials): Placeholders {
  const account = baseUrl === undefined ? undefined : URL.parse(baseUrl)?.hostname.split('.')[0];
  return {
    token: secrets.access_token ?? secrets.api_key ?? '',
    api_key: secrets.api_key ?? secrets.access_token ?? '',
    api_secret: secrets.api_secret ?? '',
    app_id: secrets.api_secret ?? '',
    account: account ?? '',
    account_id: secrets.account_id ?? '',
  };
}

const filled = (text: string, values: Placeholders): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

const allFilled = (record: Record<string, string>, values: Placeholders): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, text]) => [name, filled(text, values)]));

const TIMEOUT_MS = 15_000;

function send(
  { method, url, headers = {}, query = {}, form }: CredentialProbe,
  values: Placeholders,
  http: HttpRequester,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return http.request({
    method,
    url: filled(url, values),
    headers: { accept: 'application/json', ...allFilled(headers, values) },
    query: allFilled(query, values),
    ...(form !== undefined && { form: allFilled(form, values) }),
    timeoutMs: TIMEOUT_MS,
    signal,
  });
}
