import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { SignJWT } from 'jose';
import { Problem, questions } from '#contracts';
import type { AnswerOf, Role } from '#contracts';
import { Answers } from '#messaging';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What the other services say in a suite; a test changes it. */
export const neighbourhood = {
  counts: { helpers: 3, connections: 2, api_keys: 1, team: 4 },
  /** Executions the helpers service knows. */
  executions: new Set<string>(),
  /** Of those, the ones that have ended. */
  ended: [] as AnswerOf<typeof questions.executionsKnown>['ended'],
  accounts: new Set<string>(),
  /** What owners want to be told about. */
  wants: {} as Record<string, boolean>,
  /** Identity does not answer. */
  identityDown: false,
  /** How often helpers were counted. */
  counted: 0,
  down: false,
};

/** A token of a member with this role. */
export function tokenFor(accountId: string, role: Role = 'owner'): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: 'u1', user_id: 'user:u1', sid: 'ses_1', acc: accountId, ver: 1, role, amr: ['pwd'] };
  return new SignJWT({ ...claims, iss: 'mfh', aud: 'mfh', iat: now, exp: now + 600, jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256', kid: 'suite' })
    .sign(privateKey);
}

/** Answers what billing asks of its neighbours. */
@Controller()
class NeighboursController {
  @Answers(questions.jwks)
  jwks(): AnswerOf<typeof questions.jwks> {
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    return { keys: [{ kid: 'suite', kty: 'RSA', alg: 'RS256', use: 'sig', n, e }] };
  }

  @Answers(questions.revocations)
  revocations(): AnswerOf<typeof questions.revocations> {
    return { now: new Date().toISOString(), sessions: [], users: [], api_keys: [], grants: [] };
  }

  @Answers(questions.countHelpers)
  countHelpers(): { count: number } {
    if (neighbourhood.down) throw new Problem(503, 'generic.unavailable', 'down');
    neighbourhood.counted += 1;
    return { count: neighbourhood.counts.helpers };
  }

  @Answers(questions.storageUsed)
  storageUsed(): { bytes: number } {
    if (neighbourhood.down) throw new Problem(503, 'generic.unavailable', 'down');
    return { bytes: 1_234 };
  }

  @Answers(questions.countConnections)
  countConnections(): { count: number } {
    return { count: neighbourhood.counts.connections };
  }

  @Answers(questions.countApiKeys)
  countApiKeys(): { count: number } {
    return { count: neighbourhood.counts.api_keys };
  }

  @Answers(questions.countTeam)
  countTeam(): { count: number } {
    return { count: neighbourhood.counts.team };
  }

  @Answers(questions.describeUsers)
  describeUsers({ user_ids }: { user_ids: string[] }): AnswerOf<typeof questions.describeUsers> {
    if (neighbourhood.identityDown) throw new Problem(503, 'generic.unavailable', 'down');
    return {
      users: user_ids.map((user_id) => ({ user_id, email: 'ada@example.test', name: 'Ada', status: 'active' })),
    };
  }

  @Answers(questions.preferencesOfUser)
  preferencesOfUser(): AnswerOf<typeof questions.preferencesOfUser> {
    return { wants: neighbourhood.wants };
  }

  @Answers(questions.countAccounts)
  countAccounts(): AnswerOf<typeof questions.countAccounts> {
    return { count: neighbourhood.accounts.size };
  }

  @Answers(questions.executionsKnown)
  executionsKnown(request: { execution_ids: string[] }): AnswerOf<typeof questions.executionsKnown> {
    const known = request.execution_ids.filter((id) => neighbourhood.executions.has(id));
    return { known, ended: neighbourhood.ended.filter(({ execution_id }) => known.includes(execution_id)) };
  }

  @Answers(questions.getAccount)
  getAccount({ account_id }: { account_id: string }): AnswerOf<typeof questions.getAccount> {
    if (!neighbourhood.accounts.has(account_id)) throw new Problem(404, 'accounts.not_found', 'Account not found');
    const now = new Date().toISOString();
    return {
      account_id,
      owner_user_id: 'user:u1',
      created_by_user_id: 'user:u1',
      name: 'Suite',
      company: '',
      plan: 'free',
      status: 'active',
      settings: {
        max_helpers: 1,
        max_connections: 1,
        max_api_keys: 1,
        max_team_members: 1,
        max_executions: 100,
        webhooks_enabled: false,
      },
      usage: {
        helpers: 0,
        connections: 0,
        api_keys: 0,
        team_members: 1,
        monthly_executions: 0,
        monthly_api_requests: 0,
      },
      created_at: now,
      updated_at: now,
    };
  }
}

@Module({ controllers: [NeighboursController] })
export class NeighboursModule {}
