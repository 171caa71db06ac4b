import { expect, test } from '@jest/globals';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { engagementLevel, progressOf, reportedProgress } from './progress.js';

test.each([
  [{}, null],
  [{ watch_duration: 5 }, null],
  [{ event_type: '', percent: null }, null],
  [{ event_type: '50_percent' }, { event: '50_percent', percent: 50 }],
  [{ percent: '75' }, { event: '75_percent', percent: 75 }],
  [{ percent: 62.5 }, { event: 'custom_percent', percent: 62.5 }],
  [
    { event_type: 'custom_percent', custom_percent: 40 },
    { event: 'custom_percent', percent: 40 },
  ],
])('%p reports %p', (input, progress) => {
  expect(reportedProgress(input)).toEqual(progress);
});

test.each([{ event_type: 'rewind' }, { percent: 101 }, { percent: -1 }, { percent: 'half' }])(
  '%p is refused',
  (input) => {
    expect(() => reportedProgress(input)).toThrow(HelperFailure);
  },
);

test('progress in words', () => {
  const words = [progressOf('view_start'), progressOf('100_percent'), progressOf('custom_percent', 33.4)].map(
    engagementLevel,
  );
  expect(words).toEqual(['Started watching', 'Completed video', 'Watched 33%']);
});
