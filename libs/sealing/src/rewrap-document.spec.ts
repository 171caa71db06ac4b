import { expect, it } from '@jest/globals';
import { rewrapDocument } from './rewrap-document.js';
import { Sealer } from './sealer.js';

const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const before = new Sealer([key('old', 1)]);
const both = new Sealer([key('new', 2), key('old', 1)]);
const after = new Sealer([key('new', 2)]);

it('wraps what older keys have sealed, wherever it stands, and leaves the rest', async () => {
  const secret = await before.seal('a secret', 'account:1');
  const recent = await both.seal('another', 'account:1');
  const document = { name: 'x', at: new Date(), config: { auth_token: secret, list: [{ 'a.b': secret }] }, recent };
  const { texts, unreadable } = await rewrapDocument(both, document, 'account:1');

  expect(texts.map(({ path }) => path)).toEqual([
    ['config', 'auth_token'],
    ['config', 'list', '0', 'a.b'],
  ]);
  expect(unreadable).toBe(0);
  for (const { from, to } of texts) {
    expect(from).toBe(secret);
    expect(await after.open(to, 'account:1')).toBe('a secret');
  }
});

it('leaves what it cannot open, such as a text that only looks sealed', async () => {
  const foreign = await before.seal('a secret', 'account:2');
  const found = await rewrapDocument(both, { foreign, made: 'mfhs1.old.AA.BB.CC' }, 'account:1');
  expect(found).toEqual({ texts: [], unreadable: 2 });
});
