import { expect, test } from '@jest/globals';
import { signedHeaders } from './sign-request.js';

/** The examples that AWS publishes for its signature. */
const credentials = {
  region: 'us-east-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const now = new Date('2013-05-24T00:00:00Z');
const url = (path: string): URL => new URL(path, 'https://examplebucket.s3.amazonaws.com');

test('signs a read as the published example does', () => {
  const request = { method: 'GET', url: url('/test.txt'), headers: { range: 'bytes=0-9' }, body: new Uint8Array() };
  expect(signedHeaders(request, credentials, now)['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

test('signs a query as the published example does', () => {
  const request = { method: 'GET', url: url('/?max-keys=2&prefix=J'), headers: {}, body: new Uint8Array() };
  expect(signedHeaders(request, credentials, now)['authorization']).toContain(
    'Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  );
});
