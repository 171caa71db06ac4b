import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { invalidCode, ShownSecrets } from '../one-time-secrets/shown-secrets.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import type { OneTimeSecret } from '../persistence/one-time-secret.collection.js';
import { Users } from '../persistence/users.repository.js';
import { VerifyEmail, type EmailProof } from './verify-email.command.js';

const invalidLink = (): Problem =>
  new Problem(401, 'auth.invalid_link', 'This link is no longer valid. Please request a new one.');

@CommandHandler(VerifyEmail)
export class VerifyEmailHandler implements ICommandHandler<VerifyEmail> {
  constructor(
    private readonly shown: ShownSecrets,
    private readonly secrets: OneTimeSecrets,
    private readonly users: Users,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ proof, caller }: VerifyEmail): Promise<{ email: string }> {
    const secret = await this.proven(proof, caller);
    return this.unitOfWork.run(async (session) => {
      const spent = await this.secrets.spend(secret);
      const user = spent ? await this.users.verify(secret.user_id, secret.email, this.clock.now()) : null;
      if (user === null) throw secret.way === 'code' ? invalidCode() : invalidLink();
      await this.outbox.add(session, events.userVerified, {
        subject: user._id,
        data: { user_id: user._id, email: user.email },
      });
      return { email: user.email };
    });
  }

  private async proven(proof: EmailProof, caller: Caller): Promise<OneTimeSecret> {
    if ('code' in proof) return this.shown.byCode('verify_email', proof.email, proof.code);
    const secret = await this.shown.byToken('verify_email', proof.token, caller);
    if (secret === undefined) throw invalidLink();
    return secret;
  }
}
