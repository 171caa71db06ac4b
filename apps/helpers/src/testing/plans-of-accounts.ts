import { Controller, Module } from '@nestjs/common';
import { questions } from '#contracts';
import type { PlanOfAccount } from '#contracts';
import { Answers } from '#messaging';

/** What the fake billing says of every account; a test changes it. */
export const planOfEveryAccount: PlanOfAccount = {
  plan: 'free',
  label: 'Sandbox',
  limits: {
    max_helpers: 1,
    max_connections: 1,
    max_api_keys: 1,
    max_team_members: 1,
    max_executions: 100,
    webhooks_enabled: false,
  },
  storage_bytes: 500_000_000,
  overage: 'block',
  period: { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
  upgrade_url: 'https://app.example.com/settings?tab=billing',
};

@Controller()
class PlansController {
  @Answers(questions.limits)
  limits(): PlanOfAccount {
    return planOfEveryAccount;
  }
}

/** Answers for billing, in suites that start the service without it. */
@Module({ controllers: [PlansController] })
export class PlansOfAccountsModule {}
