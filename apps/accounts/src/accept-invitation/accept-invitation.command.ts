import { Command } from '@nestjs/cqrs';
import type { Account, AnswerOf, questions } from '#contracts';

export interface Entered {
  account: Account;
  tokens: Omit<AnswerOf<typeof questions.activateInvitedUser>, 'user'>;
  user: AnswerOf<typeof questions.userProfile>;
}

/** Who accepts: somebody signed in, or somebody who gets name and password by accepting. */
export interface Acceptor {
  signedIn: { userId: string; sessionId: string } | undefined;
  name?: string | undefined;
  password?: string | undefined;
  /** What came back from Google, where somebody new signs in there. */
  google?: { code: string; state: string; iss?: string | undefined } | undefined;
  ip: string;
  userAgent: string;
}

export class AcceptInvitation extends Command<Entered> {
  constructor(
    readonly token: string,
    readonly acceptor: Acceptor,
  ) {
    super();
  }
}
