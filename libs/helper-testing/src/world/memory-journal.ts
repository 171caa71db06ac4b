import { HelperFailure, type EffectCheck, type EffectIntent, type EffectJournal } from '#helpers';

const stored = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));

/** A journal that outlives one run, as that of the runner outlives a delivery. Values pass through JSON. */
export class MemoryJournal implements EffectJournal {
  readonly intents: EffectIntent[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #effects = new Map<string, { done: boolean; result?: unknown }>();

  async remember<T>(step: string, compute: () => Promise<T>): Promise<T> {
    if (!this.#values.has(step)) this.#values.set(step, stored(await compute()));
    return this.#values.get(step) as T;
  }

  async effect<T>(
    intent: EffectIntent,
    work: (idempotencyKey: string) => Promise<T>,
    check?: EffectCheck<T>,
  ): Promise<T> {
    const known = this.#effects.get(intent.step);
    if (known?.done === true) return known.result as T;
    const happened = known === undefined ? null : await check?.(new Date(0));
    if (happened !== null && happened !== undefined) {
      this.#effects.set(intent.step, { done: true, result: happened.result });
      return happened.result;
    }
    if (known !== undefined && check === undefined) {
      if (intent.onDoubt === 'skip') return undefined as T;
      if (intent.onDoubt === 'ask') throw new HelperFailure('effect_in_doubt', 'give_up', intent.summary);
    }
    this.intents.push(intent);
    this.#effects.set(intent.step, { done: false });
    try {
      const result = stored(await work(intent.step));
      this.#effects.set(intent.step, { done: true, result });
      return result;
    } catch (error) {
      this.#effects.delete(intent.step);
      throw error;
    }
  }

  /** As if the process had died between an effect and the note of its result. */
  forgetResults(): void {
    for (const step of this.#effects.keys()) this.#effects.set(step, { done: false });
  }
}
