import { Injectable } from '@nestjs/common';
import type { AccountScope, AnswerOf, questions } from '#contracts';
import { WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.repository.js';
import { WebhookWatches } from './webhook-watches.repository.js';

type State = AnswerOf<typeof questions.triggerStates>['states'][number];

/** Tells whether triggers hear of what they wait for. */
@Injectable()
export class TriggerStates {
  constructor(
    private readonly watches: WebhookWatches,
    private readonly endpoints: WebhookEndpoints,
  ) {}

  async of(scope: AccountScope, triggerIds: readonly string[]): Promise<State[]> {
    const watches = await this.watches.list(scope, { _id: { $in: [...triggerIds] }, active: true });
    const connectionIds = watches.flatMap(({ connection_id: id }) => id ?? []);
    const endpoints = await this.endpoints.list(scope, { _id: { $in: connectionIds } });
    const endpointOf = new Map(endpoints.map((endpoint) => [endpoint._id, endpoint]));
    const connectionOf = new Map(watches.map(({ _id, connection_id: id }) => [_id, id ?? '']));
    return triggerIds.map((id) => ({ trigger_id: id, ...stateOf(endpointOf.get(connectionOf.get(id) ?? '')) }));
  }
}

function stateOf(endpoint: WebhookEndpoint | undefined): Omit<State, 'trigger_id'> {
  if (endpoint === undefined) return { state: 'pending' };
  if (endpoint.last_error !== undefined) return { state: 'failed', reason: endpoint.last_error };
  return { state: endpoint.settled_revision === endpoint.revision ? 'active' : 'pending' };
}
