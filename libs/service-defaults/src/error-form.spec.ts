import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { envelopeProblemBody, pureProblemBody } from './problem-body.js';

const problem = new Problem(404, 'helpers.not_found', 'Helper not found');
const at = (path: string) => ({ path, traceId: 'abc', docsUrl: 'https://docs.example' });

describe('the body of a problem', () => {
  it('is a superset of the old envelope and of RFC 9457', () => {
    expect(envelopeProblemBody(problem, at('/helpers/x'), 'string')).toEqual({
      success: false,
      error: 'Helper not found',
      message: 'Helper not found',
      type: 'https://docs.example/problems/helpers.not_found',
      title: 'Not Found',
      status: 404,
      detail: 'Helper not found',
      instance: '/helpers/x',
      code: 'helpers.not_found',
      trace_id: 'abc',
    });
  });

  it('has an object as error where the deployment says so, except for the chat', () => {
    const object = { code: 'helpers.not_found', message: 'Helper not found' };
    expect(envelopeProblemBody(problem, at('/helpers/x'), 'object')['error']).toEqual(object);
    expect(envelopeProblemBody(problem, at('/chat/conversations/1/messages'), 'object')['error']).toBe(
      'Helper not found',
    );
    expect(envelopeProblemBody(problem, at('/chatter'), 'object')['error']).toEqual(object);
  });

  it('never shows an API key that stands in the path', () => {
    const key = `mfh_live_${'a1'.repeat(32)}`;
    expect(JSON.stringify(pureProblemBody(problem, at(`/helper/${key}/x`)))).not.toContain(key);
  });

  it('repeats the waiting time of its header', () => {
    const later = new Problem(429, 'generic.rate_limited', 'Too many requests', { headers: { 'Retry-After': '7' } });
    expect(pureProblemBody(later, at('/'))).toMatchObject({ retry_after: 7 });
    expect(pureProblemBody(problem, at('/'))).not.toHaveProperty('retry_after');
  });

  it('cannot be overwritten by extension members', () => {
    const sly = new Problem(400, 'a.b', 'text', { extensions: { status: 200, retry_after: 3 } });
    expect(pureProblemBody(sly, at('/'))).toMatchObject({ status: 400, retry_after: 3 });
  });
});
