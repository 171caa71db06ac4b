import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { questions } from '#contracts';
import { Answers } from '#messaging';
import { answerWith, Api, Raw } from '#service-defaults';
import { SigningKeyRing } from '../signing-keys/signing-key-ring.js';

const KeySet = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('RSA'),
      alg: z.literal('RS256'),
      use: z.literal('sig'),
      n: z.string(),
      e: z.string(),
    }),
  ),
});

@Controller()
export class PublishKeysController {
  constructor(private readonly ring: SigningKeyRing) {}

  @Get('.well-known/jwks.json')
  @Public()
  @Raw()
  @Api({ summary: 'The public keys of access tokens (JWK set)', answer: KeySet })
  async keySet() {
    const keys = await this.ring.published();
    return answerWith({ keys }, { headers: { 'cache-control': 'public, max-age=300' } });
  }

  @Answers(questions.jwks)
  async jwks() {
    return { keys: await this.ring.published() };
  }
}
