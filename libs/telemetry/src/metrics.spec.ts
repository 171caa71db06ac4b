import { describe, expect, it } from '@jest/globals';
import { counter, definedMetrics, gauge, histogram } from './metrics.js';

describe('metrics', () => {
  it('are listed with what documents them', () => {
    counter({ name: 'mfh.lamps.lit', description: 'Lamps that were lit', unit: '{lamp}' }).add();
    histogram({ name: 'mfh.lamps.glow', description: 'How long they glow', unit: 's' }).record(0.2, { colour: 'red' });
    const stop = gauge({ name: 'mfh.lamps.on', description: 'Lamps that are on' }, () => [{ value: 1 }]);
    stop();
    expect(definedMetrics().map(({ name }) => name)).toEqual(['mfh.lamps.glow', 'mfh.lamps.lit', 'mfh.lamps.on']);
  });

  it('have names of one form, each with one meaning', () => {
    expect(() => counter({ name: 'lampsLit', description: '' })).toThrow('must be named like');
    expect(() => counter({ name: 'mfh.lamps.lit', description: 'Something else' })).toThrow('Two different metrics');
  });
});
