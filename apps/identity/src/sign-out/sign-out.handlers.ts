import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { refreshTokenHash } from '../domain/refresh-token.js';
import { RefreshTokens } from '../persistence/refresh-tokens.repository.js';
import { Sessions } from '../persistence/sessions.repository.js';
import { Users } from '../persistence/users.repository.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { SignOut, SignOutEverywhere, SignOutOthers } from './sign-out.commands.js';

@CommandHandler(SignOut)
export class SignOutHandler implements ICommandHandler<SignOut> {
  constructor(
    private readonly ended: EndedSessions,
    private readonly sessions: Sessions,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  async execute({ userId, sessionId, refreshToken }: SignOut): Promise<void> {
    const named = refreshToken === undefined ? undefined : await this.sessionOf(refreshToken, userId);
    await this.ended.end(userId, named ?? sessionId, 'logout');
  }

  private async sessionOf(refreshToken: string, userId: string): Promise<string | undefined> {
    const token = await this.refreshTokens.find(refreshTokenHash(refreshToken));
    const session = token === null ? null : await this.sessions.find(token.session_id);
    return session?.user_id === userId ? session._id : undefined;
  }
}

@CommandHandler(SignOutOthers)
export class SignOutOthersHandler implements ICommandHandler<SignOutOthers> {
  constructor(private readonly ended: EndedSessions) {}

  execute({ userId, sessionId }: SignOutOthers): Promise<number> {
    return this.ended.endAll(userId, 'logout_others', { except: sessionId });
  }
}

@CommandHandler(SignOutEverywhere)
export class SignOutEverywhereHandler implements ICommandHandler<SignOutEverywhere> {
  constructor(
    private readonly ended: EndedSessions,
    private readonly users: Users,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ userId }: SignOutEverywhere): Promise<number> {
    return this.unitOfWork.run(async () => {
      const user = await this.users.raiseAuthVersion(userId, this.clock.now());
      return this.ended.endAll(userId, 'logout_all', user === null ? {} : { version: user.auth_version });
    });
  }
}
