import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { SignJWT } from 'jose';
import {
  newId,
  Problem,
  questions,
  type AnswerOf,
  type PlanId,
  type RequestOf,
  type Role,
  type UserProfile,
  type UserStatus,
} from '#contracts';
import { Answers } from '#messaging';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const period = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };

interface Neighbourhood {
  /** Whether helpers, billing and identity's key count answer. */
  counting: boolean;
  helpers: number;
  plan: PlanId;
  maxHelpers: number | null;
  /** Users that identity knows. */
  users: Map<string, { email: string; name: string; status?: UserStatus; email_verified?: boolean }>;
  maxTeam: number;
  /** The password of everybody. */
  password: string;
  switched: RequestOf<typeof questions.switchSession>[];
  timesCounted: number;
}

/** What the other services say in a suite; a test changes it. */
export const neighbourhood: Neighbourhood = {
  counting: true,
  helpers: 3,
  plan: 'free',
  maxHelpers: 1,
  users: new Map(),
  maxTeam: 5,
  password: 'Correct-Horse-7',
  switched: [],
  timesCounted: 0,
};

const ifCounting = <Answer>(answer: Answer): Answer => {
  if (neighbourhood.counting) return answer;
  throw new Problem(503, 'generic.unavailable', 'down');
};

const NEW_TOKENS = {
  token: 'new-token',
  refresh_token: 'mfr_new',
  expires_in: 3600,
  cookie: 'mfh_session=new; Path=/api',
};

function profileOf(user_id: string): UserProfile {
  const { email = '', name = '' } = neighbourhood.users.get(user_id) ?? {};
  const now = new Date().toISOString();
  return {
    user_id,
    cognito_user_id: user_id.slice(5),
    email,
    name,
    status: 'active',
    current_account_id: '',
    onboarding_complete: false,
    created_at: now,
    updated_at: now,
  };
}

/** A token of a user acting in an account. */
export function tokenFor(userId: string, accountId: string, role: Role = 'owner'): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: userId.slice(5), user_id: userId, sid: 'ses_1', acc: accountId, ver: 1, role, amr: ['pwd'] };
  return new SignJWT({ ...claims, iss: 'mfh', aud: 'mfh', iat: now, exp: now + 600, jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256', kid: 'suite' })
    .sign(privateKey);
}

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

  @Answers(questions.describeUsers)
  describeUsers({ user_ids }: { user_ids: string[] }): AnswerOf<typeof questions.describeUsers> {
    const users = user_ids.flatMap((user_id) => {
      const user = neighbourhood.users.get(user_id);
      return user === undefined ? [] : [{ user_id, status: 'active' as const, email_verified: true, ...user }];
    });
    return { users };
  }

  @Answers(questions.switchSession)
  switchSession(request: RequestOf<typeof questions.switchSession>): AnswerOf<typeof questions.switchSession> {
    neighbourhood.switched.push(request);
    return NEW_TOKENS;
  }

  @Answers(questions.inviteUser)
  inviteUser({ email }: RequestOf<typeof questions.inviteUser>): AnswerOf<typeof questions.inviteUser> {
    const found = [...neighbourhood.users].find(([, user]) => user.email === email);
    if (found !== undefined) return { user_id: found[0], status: 'active', ...found[1] };
    const [user_id, user] = [newId('user'), { email, name: email, status: 'invited' as const }];
    neighbourhood.users.set(user_id, user);
    return { user_id, ...user };
  }

  @Answers(questions.checkNewPassword)
  checkNewPassword({ password }: { password: string }): Record<string, never> {
    if (password.length < 8) throw new Problem(400, 'request.invalid_body', 'Password must be at least 8 characters');
    return {};
  }

  @Answers(questions.activateInvitedUser)
  activate({ user_id, name }: RequestOf<typeof questions.activateInvitedUser>) {
    const user = neighbourhood.users.get(user_id);
    if (user?.status !== 'invited') throw new Problem(409, 'identity.user_active', 'active');
    neighbourhood.users.set(user_id, { email: user.email, name, status: 'active' });
    return { ...NEW_TOKENS, user: profileOf(user_id) };
  }

  @Answers(questions.userProfile)
  profile({ user_id }: { user_id: string }): UserProfile {
    return profileOf(user_id);
  }

  @Answers(questions.confirmPassword)
  confirmPassword({ password }: { password: string }): Record<string, never> {
    if (password === neighbourhood.password) return {};
    throw new Problem(401, 'auth.invalid_credentials', 'Password is incorrect');
  }

  @Answers(questions.countHelpers)
  countHelpers(): { count: number } {
    neighbourhood.timesCounted += 1;
    return ifCounting({ count: neighbourhood.helpers });
  }

  @Answers(questions.countApiKeys)
  countApiKeys(): { count: number } {
    return ifCounting({ count: 2 });
  }

  @Answers(questions.limits)
  limits(): AnswerOf<typeof questions.limits> {
    const limits = {
      max_helpers: neighbourhood.maxHelpers,
      max_connections: 5,
      max_api_keys: 10,
      max_team_members: neighbourhood.maxTeam,
      max_executions: 25_000,
      webhooks_enabled: true,
    };
    const { plan } = neighbourhood;
    return ifCounting({
      plan,
      label: plan,
      limits,
      storage_bytes: null,
      overage: 'meter' as const,
      period,
      upgrade_url: 'http://x.test',
    });
  }

  @Answers(questions.usage)
  usage(): AnswerOf<typeof questions.usage> {
    const { plan } = neighbourhood;
    return ifCounting({ plan, period, booked: 9, reserved: 1, used: 10, limit: 100, api_requests: 6 });
  }
}

@Module({ controllers: [NeighboursController] })
export class NeighboursModule {}
