import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { SessionAccess } from '../sessions/access-tokens.js';

export interface RefreshedSession {
  access: SessionAccess;
  refreshToken: string;
}

export class RefreshSession extends Command<RefreshedSession> {
  constructor(
    readonly refreshToken: string,
    readonly caller: Caller,
  ) {
    super();
  }
}
