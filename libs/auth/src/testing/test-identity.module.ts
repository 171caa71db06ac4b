import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { questions, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { TestTokens } from './test-tokens.js';

@Controller()
class TestIdentityController {
  constructor(@Inject(TestTokens) private readonly tokens: TestTokens) {}

  @Answers(questions.jwks)
  async keys(): Promise<AnswerOf<typeof questions.jwks>> {
    return { keys: await this.tokens.keys() };
  }

  @Answers(questions.revocations)
  async revocations({ since }: { since?: string | undefined }): Promise<AnswerOf<typeof questions.revocations>> {
    const { now, sessions, users, api_keys, grants } = await this.tokens.revocations(since);
    return {
      now,
      sessions: sessions.map(({ sid }) => ({ sid, at: now })),
      users: [...users],
      api_keys: [...api_keys],
      grants: [...grants],
    };
  }
}

/**
 * Answers identity's questions about access tokens over the broker, in tests of services that are started without
 * identity: `startService(service, { imports: [TestIdentityModule.with(tokens)] })`.
 */
@Module({})
export class TestIdentityModule {
  static with(tokens: TestTokens): DynamicModule {
    return {
      module: TestIdentityModule,
      controllers: [TestIdentityController],
      providers: [{ provide: TestTokens, useValue: tokens }],
    };
  }
}
