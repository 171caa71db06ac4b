import { describe, expect, it } from '@jest/globals';
import type { ChainStep } from '../persistence/chains.repository.js';
import { followingStep } from './following-step.js';

const step = (name: string): ChainStep => ({
  helper_id: `helper:${name}`,
  delay_seconds: 0,
  execution_id: `exec:${name}`,
});
const chain = {
  steps: [step('a'), step('b')],
  on_success: [step('yes')],
  on_failure: [step('no'), step('no2')],
  stop_on_failure: true,
  phase: 'steps' as const,
  failed: false,
};
const ok = { failed: false, endsChain: false };
const failed = { failed: true, endsChain: false };

describe('what follows a step of a chain', () => {
  it('is the next step, then the helpers for success', () => {
    expect(followingStep(chain, 0, ok)).toMatchObject({ phase: 'steps', index: 1, step: { execution_id: 'exec:b' } });
    expect(followingStep(chain, 1, ok)).toMatchObject({ phase: 'after', index: 2, step: { execution_id: 'exec:yes' } });
    expect(followingStep({ ...chain, phase: 'after' }, 2, ok)).toMatchObject({ phase: 'ended' });
  });

  it('after a failed step is the helpers for failure, one after the other', () => {
    expect(followingStep(chain, 0, failed)).toMatchObject({
      phase: 'after',
      failed: true,
      index: 2,
      step: { execution_id: 'exec:no' },
    });
    expect(followingStep({ ...chain, phase: 'after', failed: true }, 2, ok)).toMatchObject({
      step: { execution_id: 'exec:no2' },
      index: 3,
    });
  });

  it('goes on after a failure where the chain says so, and remembers it', () => {
    const lenient = { ...chain, stop_on_failure: false };
    expect(followingStep(lenient, 0, failed)).toMatchObject({
      phase: 'steps',
      failed: true,
      step: { execution_id: 'exec:b' },
    });
    expect(followingStep({ ...lenient, failed: true }, 1, ok)).toMatchObject({ step: { execution_id: 'exec:no' } });
  });

  it('ends the steps successfully at a reached limit', () => {
    expect(followingStep(chain, 0, { failed: false, endsChain: true })).toMatchObject({
      phase: 'after',
      failed: false,
      step: { execution_id: 'exec:yes' },
    });
  });

  it('bears repetition: the end of a step that was dealt with leads to the same execution', () => {
    expect(followingStep({ ...chain, phase: 'after' }, 0, ok)).toMatchObject({
      step: { execution_id: 'exec:yes' },
      index: 2,
    });
    expect(followingStep({ ...chain, phase: 'ended' }, 1, ok).step).toBeUndefined();
  });
});
