import { expect, test } from '@jest/globals';
import { bucketOf, ObjectStoreConfig } from './config.js';
import { belongsTo, isObjectKey, objectKey } from './object-key.js';

test('makes keys that belong to one account', () => {
  const key = objectKey('account:a1', 'exec:1', '../../Rechnung für März.pdf');
  expect(key).toBe('account_a1/exec_1/__.._Rechnung_fu_r_Ma_rz.pdf');
  expect(isObjectKey(key)).toBe(true);
  expect(belongsTo(key, 'account:a1')).toBe(true);
  expect(belongsTo(key, 'account:a')).toBe(false);
});

test.each(['../x', 'a/../../x', '/etc/passwd', '', 'a//b', 'a/./b', String.raw`a\b`])('takes %s for no key', (key) =>
  expect(isObjectKey(key)).toBe(false),
);

test('reads the address of a bucket', () => {
  expect(bucketOf('https://s3.example.com/files/')).toEqual({
    endpoint: 'https://s3.example.com',
    bucket: 'files',
    prefix: '',
  });
  expect(bucketOf('http://127.0.0.1:9000/files/a/b')).toMatchObject({ bucket: 'files', prefix: 'a/b/' });
});

const problems = (settings: Record<string, string>) =>
  ObjectStoreConfig.safeParse(settings).error?.issues.map(({ path }) => path.join('.'));

test('wants a bucket in the address, and both halves of an access key or none', () => {
  const MFH_OBJECTS_S3_URL = 'https://s3.example.com/files';
  expect(problems({ MFH_OBJECTS_S3_URL })).toBeUndefined();
  expect(problems({ MFH_OBJECTS_S3_URL: 'https://s3.example.com' })).toEqual(['MFH_OBJECTS_S3_URL']);
  expect(problems({ MFH_OBJECTS_S3_URL, MFH_OBJECTS_S3_ACCESS_KEY_ID: 'AK' })).toEqual([
    'MFH_OBJECTS_S3_SECRET_ACCESS_KEY',
  ]);
});
