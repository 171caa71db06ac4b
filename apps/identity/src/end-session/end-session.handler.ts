import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { Sessions } from '../persistence/sessions.repository.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { EndSession } from './end-session.command.js';

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly sessions: Sessions,
    private readonly ended: EndedSessions,
  ) {}

  /** Ending it once more changes nothing. @throws Problem 404 `sessions.not_found`, also for somebody else's */
  async execute({ userId, sessionId }: EndSession): Promise<void> {
    const session = await this.sessions.find(sessionId);
    if (session?.user_id !== userId) throw new Problem(404, 'sessions.not_found', 'Session not found');
    await this.ended.end(userId, sessionId, 'revoked_by_user');
  }
}
