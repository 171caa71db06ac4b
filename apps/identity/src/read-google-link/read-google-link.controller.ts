import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { NO_PASSWORD } from '../passwords/passwords.js';
import { GoogleIdentities } from '../persistence/google-identities.repository.js';
import { Users } from '../persistence/users.repository.js';
import { sessionActor, userNotFound } from '../session-actor.js';

const GoogleLinkView = z.object({
  linked: z.boolean(),
  /** The address at Google when it was linked. */
  email: z.string().nullable(),
  linked_at: z.iso.datetime().nullable(),
  /** Without one, Google is the only way in. */
  has_password: z.boolean(),
});

@Controller('auth')
export class ReadGoogleLinkController {
  constructor(
    private readonly identities: GoogleIdentities,
    private readonly users: Users,
  ) {}

  @Get('google')
  @Authenticated()
  @Api({ summary: 'Whether one signs in with Google, too', answer: GoogleLinkView, errors: ['auth.user_not_found'] })
  async read(@Ctx() ctx: RequestContext) {
    const { userId } = sessionActor(ctx);
    const [identity, user] = await Promise.all([this.identities.ofUser(userId), this.users.find(userId)]);
    if (user === null) throw userNotFound();
    return {
      linked: identity !== null,
      email: identity?.email ?? null,
      linked_at: identity?.created_at.toISOString() ?? null,
      has_password: user.password_hash !== NO_PASSWORD,
    };
  }
}
