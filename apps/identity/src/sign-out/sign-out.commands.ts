import { Command } from '@nestjs/cqrs';

/** Ends one session. */
export class SignOut extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    /** Names another session of the same user to end instead. */
    readonly refreshToken?: string,
  ) {
    super();
  }
}

/** Ends all sessions of a user but one; answers how many. */
export class SignOutOthers extends Command<number> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/** Ends all sessions of a user and makes every token void; answers how many. */
export class SignOutEverywhere extends Command<number> {
  constructor(readonly userId: string) {
    super();
  }
}
