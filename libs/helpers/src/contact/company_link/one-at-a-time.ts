import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';

type Context = Pick<RunContext<unknown>, 'clock' | 'effect' | 'identity' | 'state'>;

/** Longer than the creation of a company takes, also with a vendor that answers slowly. */
const TURN_MS = 60_000;
/** For a while a company that was just linked is known to exist. */
const KNOWN_MS = 3_600_000;
const LOOK_AGAIN_MS = 500;
const PATIENCE_MS = 15_000;
const KNOWN = 'known';

/**
 * Lets the first of many runs that name the same company go ahead, because each of them would create it: CRMs do not
 * refuse a second company of the same name. The others wait until the first is through, and then go at once.
 * @param name as companies are compared: trimmed, in lower case
 * @throws HelperFailure `company_in_use` (retry) when the first takes too long
 */
export async function oneAtATime(context: Context, name: string, work: () => Promise<void>): Promise<void> {
  const { clock, effect, identity, state } = context;
  const key = `company_link:${identity.connectionId ?? ''}:${name}`.slice(0, 400);
  const own = identity.executionId;
  const until = (milliseconds: number): Date => new Date(clock.now().getTime() + milliseconds);
  const begin = () =>
    effect({ step: 'turn', operation: 'keepState', target: key, summary: 'Wait for runs of the same company' }, () =>
      state.compareAndSet({ key, expected: null, next: own, keepUntil: until(TURN_MS), step: 'begin' }),
    );
  const patience = until(PATIENCE_MS);
  let turn = await begin();
  while (!turn.stored && turn.value !== KNOWN && turn.value !== own) {
    if (clock.now() > patience) {
      const message = `Another run is creating the company "${name}" right now.`;
      throw new HelperFailure('company_in_use', 'retry', message, { retryAfterMs: TURN_MS });
    }
    await clock.sleep(LOOK_AGAIN_MS);
    turn = await begin();
  }
  await work();
  if (turn.value === KNOWN) return;
  await state.compareAndSet({ key, expected: own, next: KNOWN, keepUntil: until(KNOWN_MS), step: 'end' });
}
