import { Controller, Module } from '@nestjs/common';
import { questions, type AnswerOf, type PlanLimits } from '#contracts';
import { Answers } from '#messaging';

const period = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };

const limits: PlanLimits = {
  max_helpers: 10,
  max_connections: 2,
  max_api_keys: 2,
  max_team_members: 2,
  max_executions: 5_000,
  webhooks_enabled: true,
};

/** What billing, helpers and platforms-connections say in a suite; a test changes it. */
export const neighbourhood = { limits, helpers: 3, connections: 1, executions: 42, apiRequests: 7 };

@Controller()
class NeighboursController {
  @Answers(questions.limits)
  limits(): AnswerOf<typeof questions.limits> {
    return {
      plan: 'start',
      label: 'Start',
      limits: neighbourhood.limits,
      overage: 'meter',
      period,
      storage_bytes: 500_000_000,
      upgrade_url: 'http://app.test/plans',
    };
  }

  @Answers(questions.usage)
  usage(): AnswerOf<typeof questions.usage> {
    const { executions: used, apiRequests: api_requests } = neighbourhood;
    return { plan: 'start', period, booked: used, reserved: 0, used, limit: 5_000, api_requests };
  }

  @Answers(questions.countHelpers)
  countHelpers(): { count: number } {
    return { count: neighbourhood.helpers };
  }

  @Answers(questions.countConnections)
  countConnections(): { count: number } {
    return { count: neighbourhood.connections };
  }
}

@Module({ controllers: [NeighboursController] })
export class NeighboursModule {}
