/** Tabs of one browser may use the same refresh token within this time; both get the same successor. */
export const GRACE_MS = 10_000;

/** What the decision needs to know of a session. */
export interface RefreshableSession {
  /** Number of the token that is valid now. */
  generation: number;
  idle_expires_at: Date;
  absolute_expires_at: Date;
  revoked_at?: Date | undefined;
  rotated_at?: Date | undefined;
  rotated_ip?: string | undefined;
  rotated_agent?: string | undefined;
}

export interface TokenUse {
  /** Generation of the token that was presented. */
  generation: number;
  ip: string;
  userAgent: string;
  now: Date;
}

/** `rotate`: give the next token. `repeat`: give the successor once more. `reused`: theft. `expired`: sign in again. */
export type RefreshDecision = 'rotate' | 'repeat' | 'reused' | 'expired';

/**
 * What a use of a refresh token means. A token that was already replaced counts as stolen, except when the one that
 * replaced it is the latest, was issued just now, and to the same address and agent.
 */
export function decideRefresh(session: RefreshableSession, use: TokenUse): RefreshDecision {
  if (session.revoked_at !== undefined) return 'reused';
  const ends = Math.min(session.idle_expires_at.getTime(), session.absolute_expires_at.getTime());
  if (use.now.getTime() >= ends) return 'expired';
  if (use.generation === session.generation) return 'rotate';
  return isRepetition(session, use) ? 'repeat' : 'reused';
}

function isRepetition(session: RefreshableSession, use: TokenUse): boolean {
  if (use.generation !== session.generation - 1 || session.rotated_at === undefined) return false;
  if (use.now.getTime() - session.rotated_at.getTime() > GRACE_MS) return false;
  return session.rotated_ip === use.ip && session.rotated_agent === use.userAgent;
}
