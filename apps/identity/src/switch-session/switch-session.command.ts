import { Command } from '@nestjs/cqrs';
import type { questions, RequestOf } from '#contracts';
import type { SessionAccess } from '../sessions/access-tokens.js';

export interface SwitchedSession {
  access: SessionAccess;
  refreshToken: string;
}

/** Lets a session act in another account. */
export class SwitchSession extends Command<SwitchedSession> {
  constructor(readonly to: RequestOf<typeof questions.switchSession>) {
    super();
  }
}
