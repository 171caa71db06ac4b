import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';

const NOTHING = '';

/**
 * Reads the index of the next step. Missing and blank count as 0.
 * @throws HelperFailure `state_not_numeric`
 */
export function readPosition(value: unknown, field: string): number {
  const text = fieldText(value).trim();
  if (text === '') return 0;
  const position = /^\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw new HelperFailure(
    'state_not_numeric',
    'give_up',
    `${field} should hold the number of the next step, counted from 0; clear it to begin again.`,
  );
}

/**
 * Where a contact's drip stands: in a contact field that people may change. A position that could not be written there
 * is kept in the platform's own store until it can, and counts as long as the field says what it said then.
 */
export class DripPosition {
  readonly #context: RunContext<{ state_field: string }>;
  readonly #key: string;

  constructor(context: RunContext<{ state_field: string }>) {
    const { accountId, helperId } = context.identity;
    this.#context = context;
    this.#key = `drip_it:${accountId}:${helperId}:${context.crm.contactId}`;
  }

  /** @throws HelperFailure `state_not_numeric`, `state_store_error` */
  async read(): Promise<{ index: number; kept: string | null }> {
    const { config, crm, state } = this.#context;
    const index = readPosition(await crm.readField(config.state_field), config.state_field);
    const kept = await state.read(this.#key);
    const [from, next] = (kept ?? NOTHING).split('>');
    return { index: next !== undefined && from === String(index) ? Number(next) : index, kept };
  }

  /** @throws what the CRM threw, after the position was kept */
  async write(from: number, next: number, kept: string | null): Promise<void> {
    const { config, crm } = this.#context;
    try {
      await crm.writeField(config.state_field, String(next));
    } catch (error) {
      await this.#keep('keep', kept, `${this.#origin(from, kept)}>${next}`);
      throw error;
    }
    if (kept !== null && kept !== NOTHING) await this.#keep('clear', kept, NOTHING);
  }

  /** What the field says while the kept position counts. */
  #origin(from: number, kept: string | null): string {
    const [origin, next] = (kept ?? NOTHING).split('>');
    return next === String(from) ? (origin ?? String(from)) : String(from);
  }

  async #keep(step: string, expected: string | null, next: string): Promise<void> {
    const { crm, effect, state } = this.#context;
    const intent = { step, operation: 'keepState', target: crm.contactId, summary: 'Keep the position' } as const;
    await effect(intent, () => state.compareAndSet({ key: this.#key, expected, next, step }));
  }
}
