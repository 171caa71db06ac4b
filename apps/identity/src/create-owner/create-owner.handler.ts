import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';
import { NewOwners } from '../sign-up/new-owner.js';
import { CreateOwner, type CreatedOwner } from './create-owner.command.js';

@CommandHandler(CreateOwner)
export class CreateOwnerHandler implements ICommandHandler<CreateOwner> {
  constructor(
    private readonly owners: NewOwners,
    private readonly users: Users,
    private readonly clock: Clock,
  ) {}

  async execute({ form }: CreateOwner): Promise<CreatedOwner> {
    // Who runs the installation vouches for the address.
    const { user, account } = await this.owners.create(form, ({ _id, email }) =>
      this.users.verify(_id, email, this.clock.now()),
    );
    return { user_id: user._id, account_id: account.account_id };
  }
}
