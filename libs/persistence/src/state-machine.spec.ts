import { describe, expect, it } from '@jest/globals';
import { StateMachine } from './state-machine.js';

type State = 'pending' | 'running' | 'completed' | 'failed';
const machine = new StateMachine<State>('executions', {
  pending: ['running', 'completed', 'failed'],
  running: ['completed', 'failed'],
  completed: [],
  failed: [],
});

describe('StateMachine', () => {
  it('allows exactly the declared transitions', () => {
    const allowed = machine.states.flatMap((from) =>
      machine.states.filter((to) => machine.allows(from, to)).map((to) => `${from} ${to}`),
    );
    expect(allowed).toEqual([
      'pending running',
      'pending completed',
      'pending failed',
      'running completed',
      'running failed',
    ]);
  });

  it('names the states a compare-and-set may start from', () => {
    expect(machine.sourcesOf('completed')).toEqual(['pending', 'running']);
    expect(machine.sourcesOf('pending')).toEqual([]);
    expect(machine.isFinal('failed')).toBe(true);
    expect(machine.isFinal('running')).toBe(false);
    expect(machine.unfinished).toEqual(['pending', 'running']);
  });

  it('refuses everything else with both states', () => {
    expect(() => machine.assert('pending', 'running')).not.toThrow();
    expect(() => machine.assert('completed', 'running')).toThrow(
      expect.objectContaining({
        status: 409,
        code: 'executions.transition_not_allowed',
        data: { from: 'completed', to: 'running' },
        extensions: { from: 'completed', to: 'running' },
      }),
    );
    expect(machine.refusal('failed', 'replayed', 'Not again')).toMatchObject({ message: 'Not again', status: 409 });
  });
});
