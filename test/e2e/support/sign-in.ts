import { PASSWORD } from './customer.js';
import type { RunningSystem } from './running-system.js';

export interface Session {
  token: string;
  refresh_token: string;
}

/** One more session of a customer. @throws Error unless it was granted */
export async function signIn(system: RunningSystem, email: string): Promise<Session> {
  return (await system.api.post<Session>('/auth/login', { email, password: PASSWORD })).data;
}
