import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { SwitchSession } from './switch-session.command.js';

@Controller()
export class SwitchSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.switchSession)
  async switch(request: RequestOf<typeof questions.switchSession>) {
    const { access, refreshToken } = await this.commands.execute(new SwitchSession(request));
    return {
      token: access.token,
      refresh_token: refreshToken,
      expires_in: access.expiresIn,
      cookie: access.cookie,
    };
  }
}
