import { expect, it } from '@jest/globals';
import { redactUrl } from './redact.js';

it('leaves no user, password, query value or fragment in a URL', () => {
  expect(
    redactUrl('https://user:pw@api.example.com/v1/people?email=ada%40example.com&token=s3cret&token=two#frag'),
  ).toBe('https://api.example.com/v1/people?email=***&token=***&token=***');
  expect(redactUrl('not a url with s3cret')).toBe('(invalid URL)');
});

it.each([
  ['/helper/k7Qw3ERtyU9p/execute', '/helper/k7Qw3ERtyU9p/execute'],
  ['/helper/mfh_live_4fK29xQwZ81bTt/abc', '/helper/***/abc'],
  ['/services/T0AB/B0CD/x7Yk2LmN4pQrS6tUvW8xYz01', '/services/T0AB/B0CD/***'],
  ['/emailAddresses/ada%40example.com/status', '/emailAddresses/***/status'],
  ['/contacts/1001/notes', '/contacts/1001/notes'],
  ['/crm/rest/v2/tags/5/contacts:applyTags', '/crm/rest/v2/tags/5/contacts:applyTags'],
  ['/executions/stream', '/executions/stream'],
])('masks keys, hook addresses and people in the path %s', (path, redacted) => {
  expect(redactUrl(`https://api.example.com${path}`)).toBe(`https://api.example.com${redacted}`);
});
