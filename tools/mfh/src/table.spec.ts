import { expect, it } from '@jest/globals';
import { formatTable } from './table.js';

it('aligns text to the left and numbers to the right', () => {
  const rows = [
    ['stream', 'messages'],
    ['EVENTS', 12],
    ['EXECUTIONS', 3],
  ];
  expect(formatTable(rows)).toBe('stream      messages\nEVENTS            12\nEXECUTIONS         3');
});
