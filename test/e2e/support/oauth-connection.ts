import type { ApiClient } from './api-client.js';

/**
 * Connects the demo CRM by signing in, as a browser does: to the vendor, through its consent page, and back.
 * @param platform the demo CRM itself, or a vendor whose place it takes
 * @returns the id of the connection
 */
export async function connectByOAuth(api: ApiClient, user: string, platform = 'sandbox'): Promise<string> {
  const started = await api.post<{ url: string }>(`/platforms/${platform}/oauth/start`, {});
  const consent = await fetch(`${started.data.url}&auto=approve&user=${user}`, { redirect: 'manual' });
  const back = new URL(consent.headers.get('location') ?? '');
  const connected = await api.get<{ connection_id: string }>(`/platforms/oauth/callback${back.search}`);
  return connected.data.connection_id;
}
