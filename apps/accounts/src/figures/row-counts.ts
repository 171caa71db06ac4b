import { Injectable } from '@nestjs/common';
import { questions, scopeOf } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';
import type { AccountUsage } from '../domain/account-usage.js';
import { Memberships } from '../persistence/memberships.repository.js';
import type { PlanState } from '../persistence/accounts.repository.js';

/** A service that does not answer by then is left out: signing in must not wait for a figure. */
const PATIENCE = { timeoutMs: 700 };

export interface FreshFigures {
  /** Only what was answered. */
  usage: Partial<AccountUsage>;
  plan: PlanState | undefined;
}

/** Asks each service for what it alone can count. */
@Injectable()
export class RowCounts {
  constructor(
    private readonly questions: Questions,
    private readonly memberships: Memberships,
  ) {}

  async of(accountId: string): Promise<FreshFigures> {
    const account_id = accountId;
    const [helpers, connections, keys, executions, plan, team] = await Promise.all([
      this.ifAnswered(this.questions.ask(questions.countHelpers, { account_id }, PATIENCE)),
      this.ifAnswered(this.questions.ask(questions.countConnections, { account_id }, PATIENCE)),
      this.ifAnswered(this.questions.ask(questions.countApiKeys, { account_id }, PATIENCE)),
      this.ifAnswered(this.questions.ask(questions.usage, { account_id }, PATIENCE)),
      this.ifAnswered(this.questions.ask(questions.limits, { account_id }, PATIENCE)),
      this.memberships.countTeam(scopeOf(accountId)),
    ]);
    return {
      usage: {
        team_members: team,
        ...(helpers && { helpers: helpers.count }),
        ...(connections && { connections: connections.count }),
        ...(keys && { api_keys: keys.count }),
        ...(executions && {
          monthly_executions: executions.used,
          monthly_api_requests: executions.api_requests,
        }),
      },
      plan: plan && { plan: plan.plan, limits: plan.limits },
    };
  }

  private async ifAnswered<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await asked;
    } catch (error) {
      logger.debug({ err: error }, 'a figure of an account was not answered, the last one known is shown');
      return undefined;
    }
  }
}
