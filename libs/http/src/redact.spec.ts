import { expect, it } from '@jest/globals';
import { redactHeaders, redactUrl } from './redact.js';

it('masks every header that could sign a request and keeps the others', () => {
  const redacted = redactHeaders({
    Authorization: 'Bearer s3cret',
    cookie: 'sid=s3cret',
    'Api-Token': 's3cret',
    'x-api-key': 's3cret',
    'Api-Appid': 's3cret',
    'x-hub-signature-256': 's3cret',
    accept: 'application/json',
  });
  expect(JSON.stringify(redacted)).not.toContain('s3cret');
  expect(redacted['accept']).toBe('application/json');
});

it('leaves no user, password, query value or fragment in a URL', () => {
  expect(
    redactUrl('https://user:pw@api.example.com/v1/people?email=ada%40example.com&token=s3cret&token=two#frag'),
  ).toBe('https://api.example.com/v1/people?email=***&token=***&token=***');
  expect(redactUrl('not a url with s3cret')).toBe('(invalid URL)');
});
