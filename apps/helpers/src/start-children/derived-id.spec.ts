import { describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { derivedExecutionId } from './derived-id.js';

describe('derived execution ids', () => {
  const parent = newId('exec');

  it('are UUIDv7 with the time of their parent', () => {
    const id = derivedExecutionId(parent, 'steps.0');
    expect(id).toMatch(/^exec:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id.slice(0, 18)).toBe(parent.slice(0, 18));
  });

  it('are the same for the same position and differ otherwise', () => {
    expect(derivedExecutionId(parent, 'steps.0')).toBe(derivedExecutionId(parent, 'steps.0'));
    expect(derivedExecutionId(parent, 'steps.1')).not.toBe(derivedExecutionId(parent, 'steps.0'));
    expect(derivedExecutionId(newId('exec'), 'steps.0')).not.toBe(derivedExecutionId(parent, 'steps.0'));
  });
});
