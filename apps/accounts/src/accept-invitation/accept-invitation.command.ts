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
