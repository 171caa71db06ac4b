import { Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { sessionActor } from '../session-actor.js';
import { CompleteOnboarding } from './complete-onboarding.command.js';

@Controller('auth')
export class CompleteOnboardingController {
  constructor(private readonly commands: CommandBus) {}

  @Patch('onboarding-complete')
  @Authenticated()
  @Envelope('Onboarding completed')
  @Api({
    summary: 'Note that the user has seen the first steps',
    answer: z.object({ onboarding_complete: z.boolean() }),
  })
  async complete(@Ctx() ctx: RequestContext) {
    return { onboarding_complete: await this.commands.execute(new CompleteOnboarding(sessionActor(ctx).userId)) };
  }
}
