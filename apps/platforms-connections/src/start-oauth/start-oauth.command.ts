import { Command } from '@nestjs/cqrs';
import { z } from 'zod';
import type { AccountScope } from '#contracts';

/** The web client sends no body; empty texts count as absent. */
const Target = z
  .string()
  .max(2048)
  .transform((text) => (text === '' ? undefined : text))
  .optional();

export const StartOAuthBody = z
  .object({ success_redirect: Target, failure_redirect: Target })
  .meta({ id: 'StartOAuth' });
export type StartOAuthBody = z.infer<typeof StartOAuthBody>;

export interface StartedOAuth {
  url: string;
  state: string;
  platformId: string;
  platformName: string;
}

export class StartOAuth extends Command<StartedOAuth> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    /** Id or slug. */
    readonly platform: string,
    readonly body: StartOAuthBody,
  ) {
    super();
  }
}
