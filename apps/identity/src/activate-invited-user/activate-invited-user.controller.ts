import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { invalidInput } from '#service-defaults';
import { newPassword } from '../domain/fields.js';
import { userView } from '../views/user-view.js';
import { ActivateInvitedUser } from './activate-invited-user.command.js';

const NewPassword = newPassword('Password');

function refuseWeak(password: string): void {
  const checked = NewPassword.safeParse(password);
  if (!checked.success) {
    throw invalidInput(
      'body',
      checked.error.issues.map((issue) => ({ ...issue, path: ['password'] })),
    );
  }
}

@Controller()
export class ActivateInvitedUserController {
  constructor(private readonly commands: CommandBus) {}

  @Answers(questions.checkNewPassword)
  check({ password }: RequestOf<typeof questions.checkNewPassword>): Record<string, never> {
    refuseWeak(password);
    return {};
  }

  @Answers(questions.activateInvitedUser)
  async activate(request: RequestOf<typeof questions.activateInvitedUser>) {
    if (request.google_proof === undefined) refuseWeak(request.password ?? '');
    const { access, refreshToken, user } = await this.commands.execute(new ActivateInvitedUser(request));
    return {
      token: access.token,
      refresh_token: refreshToken,
      expires_in: access.expiresIn,
      cookie: access.cookie,
      user: userView(user),
    };
  }
}
