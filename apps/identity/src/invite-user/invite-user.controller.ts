import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { invalidInput } from '#service-defaults';
import { EmailField } from '../domain/fields.js';
import { InviteUser } from './invite-user.command.js';

@Controller()
export class InviteUserController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.inviteUser)
  async invite({ email, account_id }: RequestOf<typeof questions.inviteUser>) {
    const address = EmailField.safeParse(email);
    if (!address.success) throw invalidInput('body', address.error.issues);
    const user = await this.commands.execute(new InviteUser(address.data, account_id));
    return { user_id: user._id, email: user.email, name: user.name, status: user.status };
  }
}
