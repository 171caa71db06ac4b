import { Command } from '@nestjs/cqrs';
import type { SecretWay } from '../domain/one-time-secret.js';

export class RequestVerification extends Command<void> {
  constructor(
    /** Lower case. */
    readonly email: string,
    readonly way: SecretWay,
  ) {
    super();
  }
}
