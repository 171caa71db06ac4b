import { Body, Controller, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { looksLikePublicEmail } from '../domain/email-address.js';
import { EmailField, NameField } from '../domain/fields.js';
import { sessionActor } from '../session-actor.js';
import { ChangeProfile } from './change-profile.command.js';

/** Forms send an empty text for a field that stays as it is. */
const emptyAsAbsent = (value: unknown): unknown => (value === '' || value === null ? undefined : value);

const ProfileBody = z
  .object({
    name: z.preprocess(emptyAsAbsent, NameField.optional()),
    email: z.preprocess(
      emptyAsAbsent,
      EmailField.refine(looksLikePublicEmail, 'Email address is not valid').optional(),
    ),
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
  async change(@Ctx() ctx: RequestContext, @Body({ schema: ProfileBody }) body: z.infer<typeof ProfileBody>) {
    const { userId, sessionId } = sessionActor(ctx);
    const user = await this.commands.execute(new ChangeProfile(userId, sessionId, body));
    return {
      user_id: user._id,
      name: user.name,
      email: user.email,
      updated_at: user.updated_at.toISOString(),
    };
  }
}
