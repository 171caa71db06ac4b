import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { isProblem, Problem, scopeOf } from '#contracts';
import { AcceptExecution } from '../accept-execution/accept-execution.service.js';
import { HelperDirectory } from '../execute-helper/helper-directory.js';
import { definitionOf } from '../views/helper-view.js';

/** Claims of every link behind which a helper runs. */
export const HelperClaims = z.object({
  account_id: z.string().min(1),
  helper_id: z.string().min(1),
  contact_id: z.string().optional(),
});
export type HelperClaims = z.infer<typeof HelperClaims>;

/** Starts the helper behind a hosted page: what a person does there is the input of an ordinary execution. */
@Injectable()
export class RunHostedHelper {
  constructor(
    private readonly directory: HelperDirectory,
    private readonly acceptance: AcceptExecution,
  ) {}

  /**
   * @param once the same words start one execution, however often they are said
   * @throws Problem 404 when the helper is gone, 410 when it or its account is switched off, and those of acceptance
   */
  async run(claims: HelperClaims, input: Record<string, unknown>, once: string): Promise<void> {
    const { record, configErrors } = await this.directory.find(scopeOf(claims.account_id), claims.helper_id);
    const lacksContact = claims.contact_id === undefined && definitionOf(record.helper_type)?.requiresContact === true;
    if (!record.enabled || configErrors.length > 0 || lacksContact) {
      throw notInUse();
    }
    try {
      await this.acceptance.accept({
        accountId: claims.account_id,
        helper: {
          id: record._id,
          type: record.helper_type,
          name: record.name,
          config: record.config,
          ...(record.connection_id !== undefined && { connectionId: record.connection_id }),
        },
        ...(claims.contact_id !== undefined && { contactId: claims.contact_id }),
        input,
        query: {},
        trigger: 'webhook',
        idempotencyKey: once,
      });
    } catch (error) {
      // Said before, in other words: the first ones count.
      if (isProblem(error) && error.code === 'request.idempotency_conflict') return;
      if (isProblem(error) && error.code === 'account.suspended') throw notInUse();
      throw error;
    }
  }
}

const notInUse = (): Problem => new Problem(410, 'links.expired', 'This link is not in use any more');
