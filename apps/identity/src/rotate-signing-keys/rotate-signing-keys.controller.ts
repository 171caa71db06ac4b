import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions } from '#contracts';
import { Answers } from '#messaging';
import { RotateSigningKeys } from './rotate-signing-keys.command.js';

@Controller()
export class RotateSigningKeysController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.rotateSigningKeys)
  async rotate() {
    const { signingKid, publishedKids } = await this.commands.execute(new RotateSigningKeys());
    return { signing_kid: signingKid, published_kids: publishedKids };
  }
}
