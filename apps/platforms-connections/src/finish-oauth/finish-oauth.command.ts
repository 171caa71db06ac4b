import { Command } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Connection } from '../persistence/connection.collection.js';

/** What a vendor adds to our address when it sends the browser back. */
export const OAuthCallback = z.object({
  code: z.string().max(4096).optional(),
  state: z.string().max(512).optional(),
  error: z.string().max(512).optional(),
  error_description: z.string().max(4096).optional(),
});
export type OAuthCallback = z.infer<typeof OAuthCallback>;

/** How a sign-in ended, and where its browser is sent. */
export type FinishedOAuth = { connection: Connection; redirect: string } | { failure: unknown; redirect: string };

export class FinishOAuth extends Command<FinishedOAuth> {
  constructor(readonly callback: OAuthCallback) {
    super();
  }
}
