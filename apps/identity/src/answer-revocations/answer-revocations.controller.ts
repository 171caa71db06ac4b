import { Controller, Inject } from '@nestjs/common';
import { questions, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { Clock } from '../clock.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { Users } from '../persistence/users.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';

/** Beyond a token's own life: clocks that differ, and tokens that were just being signed. */
const MARGIN_MS = 2 * 60 * 1000;

@Controller()
export class AnswerRevocationsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly apiKeys: ApiKeys,
    private readonly grants: AppGrants,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** What ended longer ago than a token lives needs no mention: its tokens have expired. */
  @Answers(questions.revocations)
  async revocations({ since }: { since?: string | undefined }): Promise<AnswerOf<typeof questions.revocations>> {
    const now = this.clock.now();
    const livingTokens = now.getTime() - this.settings.accessTtl * 1000 - MARGIN_MS;
    const from = new Date(Math.max(livingTokens, since === undefined ? 0 : Date.parse(since)));
    const [sessions, users, keys, grants] = await Promise.all([
      this.sessions.endedSince(from),
      this.users.raisedSince(from),
      this.apiKeys.revokedSince(from),
      this.grants.endedSince(from),
    ]);
    return {
      now: now.toISOString(),
      sessions: sessions.map(({ _id, revoked_at = now }) => ({ sid: _id, at: revoked_at.toISOString() })),
      users: users.map(({ _id, auth_version, auth_version_except }) => ({
        user_id: _id,
        ver: auth_version,
        ...(auth_version_except !== undefined && { except_sid: auth_version_except }),
      })),
      api_keys: keys.map(({ _id }) => ({ key_id: _id })),
      grants: grants.map(({ _id }) => ({ grant_id: _id })),
    };
  }
}
