import type { ChainRecord, ChainStep } from '../persistence/chains.repository.js';

export interface Following {
  phase: ChainRecord['phase'];
  failed: boolean;
  step?: ChainStep;
  index: number;
}

type Progress = Pick<ChainRecord, 'steps' | 'on_success' | 'on_failure' | 'stop_on_failure' | 'phase' | 'failed'>;

/**
 * What follows when step `index` of a chain has ended: the next step, or the helpers for success or failure, or
 * nothing. Positions count on through both lists: those of the second begin after the last of `steps`.
 */
export function followingStep(
  chain: Progress,
  index: number,
  outcome: { failed: boolean; endsChain: boolean },
): Following {
  if (chain.phase === 'ended') return { phase: 'ended', failed: chain.failed, index };
  const failed = chain.failed || (chain.phase === 'steps' && outcome.failed);
  const next = index + 1;
  if (chain.phase === 'steps' && index < chain.steps.length) {
    const goesOn = !outcome.endsChain && !(outcome.failed && chain.stop_on_failure);
    const step = chain.steps[next];
    if (goesOn && step !== undefined) return { phase: 'steps', failed, step, index: next };
  }
  const after = failed ? chain.on_failure : chain.on_success;
  // In the second list, the end of a step of the first one is a repetition: the first of the second list follows it.
  const position = chain.phase === 'steps' ? 0 : Math.max(0, next - chain.steps.length);
  const step = after[position];
  if (step === undefined) return { phase: 'ended', failed, index };
  return { phase: 'after', failed, step, index: chain.steps.length + position };
}
