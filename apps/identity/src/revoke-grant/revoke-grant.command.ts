import { Command } from '@nestjs/cqrs';

/** Unlinks an app. */
export class RevokeGrant extends Command<void> {
  constructor(
    readonly userId: string,
    readonly grantId: string,
  ) {
    super();
  }
}
