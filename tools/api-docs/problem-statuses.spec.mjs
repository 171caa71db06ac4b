import { expect, it } from '@jest/globals';
import { problemStatuses, problemStatusesSource, readProblemStatuses } from './problem-statuses.mjs';

it('is what the sources throw (npm run generate:api)', () => {
  const [made, checkedIn] = [problemStatusesSource(process.cwd()), readProblemStatuses(process.cwd())];
  expect(made === checkedIn ? 'fresh' : 'stale').toBe('fresh');
  expect(checkedIn).toContain("'helpers.not_found': [404],");
});

it('knows a status for every code that a route declares', () => {
  const unknown = problemStatuses(process.cwd()).filter(({ statuses }) => statuses.length === 0);
  expect(unknown.map(({ code }) => code)).toEqual([]);
});
