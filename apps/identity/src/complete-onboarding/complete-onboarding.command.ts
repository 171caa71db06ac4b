import { Command } from '@nestjs/cqrs';

/** Answers whether the user's onboarding is complete now. */
export class CompleteOnboarding extends Command<boolean> {
  constructor(readonly userId: string) {
    super();
  }
}
