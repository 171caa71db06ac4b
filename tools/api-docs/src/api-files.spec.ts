import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { apiFiles } from './api-files.js';

describe('docs/api', () => {
  it('is what the code declares (npm run generate:api)', async () => {
    for (const [name, content] of await apiFiles()) {
      const checkedIn = readFileSync(new URL(`../../../docs/api/${name}`, import.meta.url), 'utf8');
      expect(content === checkedIn ? `${name} is fresh` : `${name} is stale`).toBe(`${name} is fresh`);
    }
  });
});
