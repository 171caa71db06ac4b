import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import { UnitOfWork } from '#persistence';
import { OwnPassword } from '../confirm-password/own-password.js';
import { GoogleLinks } from '../google/google-links.js';
import { UnlinkGoogle } from './unlink-google.command.js';

@CommandHandler(UnlinkGoogle)
export class UnlinkGoogleHandler implements ICommandHandler<UnlinkGoogle> {
  constructor(
    private readonly ownPassword: OwnPassword,
    private readonly links: GoogleLinks,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Only somebody with a password can: nobody shuts the only door behind themselves. */
  async execute({ userId, password, caller }: UnlinkGoogle): Promise<void> {
    const user = await this.ownPassword.confirm(userId, password);
    const unlinked = await this.unitOfWork.run((session) => this.links.unlink(session, user, caller));
    if (!unlinked) throw new Problem(409, 'auth.google_not_linked', 'You do not sign in with Google');
  }
}
