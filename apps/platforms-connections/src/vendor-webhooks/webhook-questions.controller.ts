import { Controller } from '@nestjs/common';
import { Problem, questions, scopeOf, type AnswerOf, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { Connections } from '../persistence/connections.repository.js';
import { TriggerStates } from './trigger-states.js';
import { PrepareTrigger } from './prepare-trigger.js';
import { WebhookEndpoints } from './webhook-endpoints.repository.js';

/** What the gateway asks about webhook addresses, and helpers about triggers. */
@Controller()
export class WebhookQuestionsController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly connections: Connections,
    private readonly triggers: PrepareTrigger,
    private readonly triggerStates: TriggerStates,
  ) {}

  @Answers(questions.webhookEndpoint)
  async endpoint({
    vendor,
    secret_hash,
  }: RequestOf<typeof questions.webhookEndpoint>): Promise<AnswerOf<typeof questions.webhookEndpoint>> {
    const endpoint = await this.endpoints.bySecretHash(vendor, secret_hash);
    const connection =
      endpoint === null ? null : await this.connections.find(scopeOf(endpoint.account_id), endpoint._id);
    if (endpoint === null || connection === null)
      throw new Problem(404, 'webhooks.not_found', 'Nobody has this webhook address');
    return { account_id: endpoint.account_id, connection_id: endpoint._id };
  }

  @Answers(questions.triggerStates)
  async states({
    account_id,
    trigger_ids,
  }: RequestOf<typeof questions.triggerStates>): Promise<AnswerOf<typeof questions.triggerStates>> {
    return { states: await this.triggerStates.of(scopeOf(account_id), trigger_ids) };
  }

  @Answers(questions.prepareTrigger)
  prepare(asked: RequestOf<typeof questions.prepareTrigger>): Promise<AnswerOf<typeof questions.prepareTrigger>> {
    return this.triggers.prepare(asked);
  }
}
