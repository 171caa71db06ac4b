import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';

/** A backup that says nothing for so long is over, however it ended. */
const RUNNING_MS = 30 * 60_000;
/** Many contacts that start the same backup make one of it. */
const PAUSE_MS = 10 * 60_000;

type Context = Pick<RunContext<unknown>, 'state' | 'effect' | 'clock' | 'identity'>;

/** The turn of a connection's backup. */
export class BackupTurn {
  readonly #context: Context;
  readonly #backupId: string;

  constructor(context: Context, backupId: string) {
    this.#context = context;
    this.#backupId = backupId;
  }

  /** @throws HelperFailure `backup_running` when another backup of the connection runs or has just ended */
  async take(): Promise<void> {
    const { value } = await this.#change(null, RUNNING_MS, 'take');
    if (value !== this.#backupId) {
      const message = 'A backup of this connection runs already, or ended less than ten minutes ago.';
      throw new HelperFailure('backup_running', 'give_up', message);
    }
    await this.#change(this.#backupId, RUNNING_MS, 'keep');
  }

  /** @param succeeded a failed backup may be begun again at once */
  async end(succeeded: boolean): Promise<void> {
    await this.#change(this.#backupId, succeeded ? PAUSE_MS : 0, 'end');
  }

  #change(expected: string | null, keepMs: number, step: string) {
    const { state, effect, clock, identity } = this.#context;
    const key = `keap_backup:${identity.connectionId ?? ''}`;
    const keepUntil = new Date(clock.now().getTime() + keepMs);
    const change = { key, expected, next: this.#backupId, keepUntil, step };
    const intent = { step, operation: 'keepState', target: key, summary: 'One backup at a time' } as const;
    return effect(intent, () => state.compareAndSet(change));
  }
}
