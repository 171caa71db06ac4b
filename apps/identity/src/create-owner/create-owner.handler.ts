import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NewOwners } from '../sign-up/new-owner.js';
import { CreateOwner, type CreatedOwner } from './create-owner.command.js';

@CommandHandler(CreateOwner)
export class CreateOwnerHandler implements ICommandHandler<CreateOwner> {
  constructor(private readonly owners: NewOwners) {}

  async execute({ form }: CreateOwner): Promise<CreatedOwner> {
    const { user, account } = await this.owners.create(form, () => Promise.resolve());
    return { user_id: user._id, account_id: account.account_id };
  }
}
