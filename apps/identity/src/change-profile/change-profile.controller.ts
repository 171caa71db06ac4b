import { Body, Controller, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { looksLikePublicEmail, normalEmail } from '../domain/email-address.js';
import { optionalText } from '../domain/fields.js';
import { sessionActor } from '../session-actor.js';
import { ChangeProfile } from './change-profile.command.js';

/** Forms send an empty text for a field that stays as it is. */
const ProfileBody = z
  .object({
    name: optionalText('Name', 200),
    email: optionalText('Email', 254)
      .refine((email) => email === undefined || looksLikePublicEmail(email), 'Email address is not valid')
      .transform((email) => (email === undefined ? undefined : normalEmail(email))),
  })
  .refine(({ name, email }) => name !== undefined || email !== undefined, 'Name or email is required')
  .meta({ id: 'ChangeProfile' });

@Controller('auth')
export class ChangeProfileController {
  constructor(private readonly commands: CommandBus) {}

  @Put('profile')
  @Authenticated()
  @Envelope('Profile updated successfully')
  @Api({
    summary: 'Change name or address of the user',
    answer: z.object({
      user_id: z.string(),
      name: z.string(),
      email: z.string(),
      updated_at: z.iso.datetime(),
    }),
    errors: ['identity.email_taken'],
  })
  async change(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ProfileBody }) body: z.infer<typeof ProfileBody>,
    @From() caller: Caller,
  ) {
    const { userId, sessionId } = sessionActor(ctx);
    const user = await this.commands.execute(new ChangeProfile(userId, sessionId, body, caller));
    return {
      user_id: user._id,
      name: user.name,
      email: user.email,
      updated_at: user.updated_at.toISOString(),
    };
  }
}
