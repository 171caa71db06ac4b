import type { HelperDefinition } from './define-helper.js';
import type { DoubtPolicy, EffectCheck, EffectJournal, EffectOperation } from './effects.js';

/**
 * Every effect of a run passes here. Undeclared ones are refused, repeatable ones go through, all others are
 * journalled under `<operation>#<n>`: the n-th of its kind in this run. A helper whose once-only effects depend on
 * values that may change between deliveries remembers those values, so that the n-th is the same one each time.
 */
export class EffectGate {
  readonly #definition: Pick<HelperDefinition, 'type' | 'effects'>;
  readonly #journal: EffectJournal;
  readonly #counts = new Map<EffectOperation, number>();

  constructor(definition: Pick<HelperDefinition, 'type' | 'effects'>, journal: EffectJournal) {
    this.#definition = definition;
    this.#journal = journal;
  }

  async pass<T>(
    operation: EffectOperation,
    target: string,
    summary: string,
    work: (idempotencyKey: string) => Promise<T>,
    {
      step,
      check,
      inDoubt,
    }: { step?: string; check?: EffectCheck<T> | undefined; inDoubt?: DoubtPolicy | undefined } = {},
  ): Promise<T> {
    const policy = this.#definition.effects[operation];
    if (policy === undefined) {
      throw new Error(`${this.#definition.type} uses ${operation} without declaring it among its effects`);
    }
    const count = (this.#counts.get(operation) ?? 0) + 1;
    this.#counts.set(operation, count);
    const name = step ?? `${operation}#${count}`;
    if (policy === 'repeatable') return work(name);
    const intent = { step: name, kind: operation, target, summary, onDoubt: inDoubt ?? policy.inDoubt };
    return this.#journal.effect(intent, work, check);
  }
}
