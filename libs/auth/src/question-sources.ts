import { Injectable } from '@nestjs/common';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { PublicKey, type KeySource, type RevocationSource, type Revocations } from './sources.js';

/** Asks identity for the keys of access tokens. */
@Injectable()
export class IdentityKeys implements KeySource {
  constructor(private readonly questions: Questions) {}

  async keys(): Promise<PublicKey[]> {
    const { keys } = await this.questions.ask(questions.jwks, {});
    return keys.map((key) => PublicKey.parse(key));
  }
}

/** Asks identity for what has been revoked. */
@Injectable()
export class IdentityRevocations implements RevocationSource {
  constructor(private readonly questions: Questions) {}

  async revocations(since: string | undefined): Promise<Revocations> {
    return this.questions.ask(questions.revocations, since === undefined ? {} : { since });
  }
}
