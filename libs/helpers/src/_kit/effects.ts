/** Everything a helper can change outside itself. The first group are operations of the connector port. */
export type EffectOperation =
  | 'applyTag'
  | 'removeTag'
  | 'createTag'
  | 'setContactFieldValue'
  | 'updateContact'
  | 'createContact'
  | 'deleteContact'
  | 'createNote'
  | 'triggerAutomation'
  | 'achieveGoal'
  | 'setOptInStatus'
  | 'http'
  | 'sendMail'
  | 'storeFile'
  | 'storeSnapshot'
  | 'notify'
  | 'count'
  | 'keepState'
  | 'startChildren';

/** What a redelivered run does with an effect of which nobody knows whether it happened. */
export type DoubtPolicy = 'repeat' | 'skip' | 'ask';

/**
 * `repeatable`: doing it again changes nothing (a tag that is there, a field's value).
 * Otherwise the effect is journalled, intent before and result after, and a run that comes again reuses the result.
 * `inDoubt` says what happens when only the intent is there: `repeat` (the other side recognises the key),
 * `skip` (better once too few), or `ask` (a person decides: the run fails with `effect_in_doubt`).
 */
export type EffectPolicy = 'repeatable' | { inDoubt: DoubtPolicy };

/** The effects of a helper type. An operation that is not listed here is refused at run time. */
export type EffectDeclarations = Readonly<Partial<Record<EffectOperation, EffectPolicy>>>;

/** One journalled effect, as the runner's journal stores and shows it. */
export interface EffectIntent {
  /** Unique within the execution and the same in every delivery of it. */
  step: string;
  kind: EffectOperation;
  /** Contact id or URL. */
  target: string;
  /** One line for the timeline; nothing secret. */
  summary: string;
  onDoubt: DoubtPolicy;
}

/**
 * Looks whether an effect of which only the intent is known did happen.
 * @param since when the intent was written
 * @returns its result, or null: it did not
 */
export type EffectCheck<T> = (since: Date) => Promise<{ result: T } | null>;

/**
 * The memory of one execution over its deliveries. A runner keeps it durably; values are JSON.
 */
export interface EffectJournal {
  /** Stores what `compute` answers before it is used; every later delivery gets the stored value. */
  remember<T>(step: string, compute: () => Promise<T>): Promise<T>;
  /**
   * Does `work` at most once: intent before, result after.
   * A failure that says the effect did not happen clears the intent.
   * @param work gets a key that is the same in every delivery, for vendors that recognise repeats by one
   * @param check settles a doubt by looking, before the policy is asked; absent where nobody can look
   * @throws HelperFailure `effect_in_doubt` when an earlier delivery left it open and the policy is `ask`
   */
  effect<T>(intent: EffectIntent, work: (idempotencyKey: string) => Promise<T>, check?: EffectCheck<T>): Promise<T>;
}
