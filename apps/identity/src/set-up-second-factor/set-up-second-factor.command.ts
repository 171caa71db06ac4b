import { Command } from '@nestjs/cqrs';

/** What an authenticator app needs. */
export interface SecondFactorSecret {
  secret: string;
  otpauthUrl: string;
  expiresAt: Date;
}

export class SetUpSecondFactor extends Command<SecondFactorSecret> {
  constructor(
    readonly userId: string,
    readonly password: string,
  ) {
    super();
  }
}
