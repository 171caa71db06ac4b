import type { RunContext } from '../../_kit/run-context.js';

/** Input of the execution that comes when a trigger is due. */
const INPUT = 'timezone_trigger';
const NONE = '';

/** The one trigger that a contact waits for at this helper; a new one takes the place of the one before. */
export class PendingTrigger {
  readonly #context: RunContext<unknown>;
  readonly #key: string;

  constructor(context: RunContext<unknown>) {
    const { accountId, helperId } = context.identity;
    this.#context = context;
    this.#key = `timezone_triggers:${accountId}:${helperId}:${context.crm.contactId}`;
  }

  /** The trigger that this execution was queued for; null when it is no such execution. */
  get due(): string | null {
    const token = this.#context.input[INPUT];
    return typeof token === 'string' && token !== '' ? token : null;
  }

  /** Whether the trigger is still the contact's latest, which happened to no other. */
  async isLatest(token: string): Promise<boolean> {
    return (await this.#context.state.read(this.#key)) === token;
  }

  /** Queues this helper again for the due instant. */
  async schedule(dueAt: Date): Promise<void> {
    const { children, clock, effect, identity, crm } = this.#context;
    const token = `${identity.executionId}@${dueAt.toISOString()}`;
    await this.#store(token, 'schedule');
    const delaySeconds = Math.max(1, Math.ceil((dueAt.getTime() - clock.now().getTime()) / 1000));
    const sequence = {
      steps: [{ helperId: identity.helperId, delaySeconds }],
      stopOnFailure: true,
      onSuccess: [],
      onFailure: [],
      input: { [INPUT]: token },
    };
    const summary = `Queue the trigger for ${dueAt.toISOString()}`;
    const intent = { step: 'children', operation: 'startChildren', target: crm.contactId, summary } as const;
    await effect(intent, () => children.start(sequence));
  }

  /** The trigger has happened. */
  async settle(): Promise<void> {
    await this.#store(NONE, 'settle');
  }

  async #store(next: string, step: string): Promise<void> {
    const { crm, effect, state } = this.#context;
    const expected = await state.read(this.#key);
    const intent = { step, operation: 'keepState', target: crm.contactId, summary: 'Keep the trigger' } as const;
    await effect(intent, () => state.compareAndSet({ key: this.#key, expected, next, step }));
  }
}
