import { describe, expect, it } from '@jest/globals';
import { errorCatalogue, errorCataloguePage, readErrorCatalogue } from './error-catalogue.mjs';

describe('docs/errors.md', () => {
  it('is what the sources throw (npm run generate:api)', () => {
    const [made, checkedIn] = [errorCataloguePage(process.cwd()), readErrorCatalogue(process.cwd())];
    expect(made === checkedIn ? 'fresh' : 'stale').toBe('fresh');
  });

  it('knows statuses, texts and services, also of codes that are put together', () => {
    const known = new Map(errorCatalogue(process.cwd()).map((problem) => [problem.code, problem]));
    expect(known.get('helpers.not_found')).toMatchObject({ statuses: [404], texts: ['Helper not found'] });
    expect(known.get('invitations.transition_not_allowed')?.texts).toEqual(['Cannot change from … to …']);
    expect(known.get('generic.rate_limited')?.services).toEqual(expect.arrayContaining(['gateway', 'identity']));
    expect(known.get('request.uri_too_long')).toMatchObject({ statuses: [414], texts: ['The URL is too long'] });
  });

  it('names only stable codes: a domain and a reason in snake case', () => {
    const odd = errorCatalogue(process.cwd()).filter(({ code }) => !/^[a-z][a-z_]*(\.[a-z][a-z0-9_]*)+$/.test(code));
    expect(odd).toEqual([]);
  });
});
