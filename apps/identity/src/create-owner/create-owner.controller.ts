import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { invalidInput } from '#service-defaults';
import { CompanyField, EmailField, NameField, newPassword } from '../domain/fields.js';
import { CreateOwner } from './create-owner.command.js';

/** An operator's owner keeps the same rules as one who registers. */
const OwnerFields = z.object({
  email: EmailField,
  password: newPassword('Password'),
  name: NameField,
  company: CompanyField,
});

@Controller()
export class CreateOwnerController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.createOwner)
  async create(request: RequestOf<typeof questions.createOwner>) {
    const form = OwnerFields.safeParse(request);
    if (!form.success) throw invalidInput('body', form.error.issues);
    return this.commands.execute(new CreateOwner(form.data));
  }
}
