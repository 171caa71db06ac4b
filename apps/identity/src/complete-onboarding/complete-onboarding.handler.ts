import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { CompleteOnboarding } from './complete-onboarding.command.js';

@CommandHandler(CompleteOnboarding)
export class CompleteOnboardingHandler implements ICommandHandler<CompleteOnboarding> {
  constructor(private readonly users: Users) {}

  async execute({ userId }: CompleteOnboarding): Promise<boolean> {
    const user = await this.users.change(userId, { onboarding_complete: true });
    if (user === null) throw userNotFound();
    return user.onboarding_complete;
  }
}
