import { expect, it } from '@jest/globals';
import { settingsFile } from './settings-file.js';

const document = {
  paths: { '/helpers/{helper_id}': { get: { parameters: [{ name: 'helper_id', in: 'path' }] } } },
};

it('offers values where the document has a parameter of that name, and for bodies', () => {
  const lines = settingsFile(document, { helper_id: ['helper:1', '\u0000"'], plan: ['free'] }).split('\n');
  expect(lines).toContain('"path.helper_id" = { dictionary = "helper_id", probability = 0.7 }');
  expect(lines).toContain('"body.plan" = { dictionary = "plan", probability = 0.5 }');
  expect(lines.filter((line) => line.startsWith('"path.') || line.startsWith('"query.'))).toHaveLength(1);
  expect(lines).toContain('values = ["helper:1", "\\u0000\\""]');
});
