import type { RunningConnections } from './running-connections.js';

/** Connects the fake vendor by signing in there, and answers the connection's id. */
export async function signIn(running: RunningConnections, account: string, person: string): Promise<string> {
  running.vendor.person = person;
  const started = await running.call(account, 'POST', '/platforms/sandbox/oauth/start');
  const { state } = started.body.data as { state: string };
  const finished = await running.call(account, 'GET', `/platforms/oauth/callback?code=good&state=${state}`);
  if (finished.status !== 200) throw new Error(`The sign-in failed: ${JSON.stringify(finished.body)}`);
  return (finished.body.data as { connection_id: string }).connection_id;
}
