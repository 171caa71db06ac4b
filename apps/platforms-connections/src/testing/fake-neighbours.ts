import { randomUUID } from 'node:crypto';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { questions, type AnswerOf, type QuestionDefinition, type Role } from '#contracts';

/** What the fake billing answers; a test changes it in place. */
export type FakePlan = AnswerOf<typeof questions.limits>;

const plan: FakePlan = {
  plan: 'deliver',
  label: 'Deliver',
  limits: {
    max_helpers: null,
    max_connections: 20,
    max_api_keys: 100,
    max_team_members: 100,
    max_executions: 100_000,
    webhooks_enabled: true,
  },
  storage_bytes: 500_000_000,
  overage: 'meter',
  period: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
  upgrade_url: 'https://app.example.com/billing',
};

/**
 * Stands in for identity (keys and tokens) and billing (limits): answers their questions over the real broker, so the
 * service under test is wired as in production.
 */
export class FakeNeighbours {
  readonly plan: FakePlan = structuredClone(plan);

  private constructor(
    private readonly nats: NatsConnection,
    private readonly privateKey: CryptoKey,
  ) {}

  static async start(natsUrl: string): Promise<FakeNeighbours> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'test', kty: 'RSA', alg: 'RS256', use: 'sig' };
    const nats = await connect({ servers: natsUrl });
    const neighbours = new FakeNeighbours(nats, privateKey);
    neighbours.#answer(questions.jwks, () => ({ keys: [key] }));
    neighbours.#answer(questions.revocations, () => ({
      now: new Date().toISOString(),
      sessions: [],
      users: [],
      api_keys: [],
      grants: [],
    }));
    neighbours.#answer(questions.limits, () => neighbours.plan);
    await nats.flush();
    return neighbours;
  }

  /** An access token of a person in an account. */
  token(
    accountId: string,
    role: Role = 'owner',
    userId = 'user:0190a000-0000-7000-8000-000000000001',
  ): Promise<string> {
    const claims = { user_id: userId, sid: 'ses_test', acc: accountId, ver: 1, role, amr: ['pwd'] };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'test' })
      .setSubject(userId.replace('user:', ''))
      .setIssuer('mfh')
      .setAudience('mfh')
      .setIssuedAt()
      .setExpirationTime('1h')
      .setJti(randomUUID())
      .sign(this.privateKey);
  }

  async stop(): Promise<void> {
    await this.nats.close();
  }

  #answer(question: QuestionDefinition, answer: () => unknown): void {
    this.nats.subscribe(question.subject, {
      callback: (error, message) => {
        if (error) return;
        const { id } = message.json<{ id: string }>();
        message.respond(JSON.stringify({ response: { answer: answer() }, isDisposed: true, id }));
      },
    });
  }
}
