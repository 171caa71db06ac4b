import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { CreateAccount } from './create-account.command.js';

@Controller()
export class CreateAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.createAccount)
  async create(request: RequestOf<typeof questions.createAccount>) {
    const account = await this.commands.execute(new CreateAccount(request));
    return { account, role: 'owner' as const };
  }
}
