import { afterEach, expect, test } from '@jest/globals';
import { GoogleSheetsFake, servicePorts, FakeService } from '#helper-testing';
import { openSheet, type SheetPlace } from './google-sheets-client.js';

let server: FakeService | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function sheetWith(rows: string[][], place: Partial<SheetPlace> = {}) {
  const fake = new GoogleSheetsFake(rows);
  server = await FakeService.start(({ method, origin, path, query, headers, body }) => {
    const url = `${origin}${path}?${query.toString()}`;
    const answer = fake.respond({ method, url, body, headers: { Authorization: headers['authorization'] ?? '' } });
    return { status: answer?.status ?? 404, body: answer?.text ?? '' };
  });
  const ports = servicePorts({ google_sheets: { access_token: 'gt' } }, server.http);
  return { fake, sheet: await openSheet(ports, { spreadsheetId: 'S1', ...place }) };
}

test('a replacement leaves nothing of what was there', async () => {
  const { fake, sheet } = await sheetWith([
    ['a', 'b', 'c'],
    ['d', 'e', 'f'],
    ['g', 'h', 'i'],
  ]);
  await sheet.replace([['1'], ['2']], 0, true);
  expect(fake.rows).toEqual([['1'], ['2']]);
});

test('a part of a replacement touches only its rows', async () => {
  const { fake, sheet } = await sheetWith([['a'], ['b'], ['c']]);
  await sheet.replace([['1']], 0, false);
  expect(fake.rows).toEqual([['1'], ['b'], ['c']]);
});

test('a tab grows when it is too small', async () => {
  const { fake, sheet } = await sheetWith([]);
  const wide = Array.from({ length: 30 }, (_, index) => String(index));
  await sheet.replace(
    Array.from({ length: 1200 }, () => wide),
    0,
    true,
  );
  await sheet.replace([wide], 1200, true);
  expect(fake.rows).toHaveLength(1201);
});

test('rows are read, added and changed', async () => {
  const { fake, sheet } = await sheetWith([['Id', 'Name']]);
  await sheet.append([['1', '=1+1']]);
  await sheet.writeRow(1, ['1', '007']);
  expect(await sheet.header()).toEqual(['Id', 'Name']);
  expect(await sheet.rows()).toEqual([
    ['Id', 'Name'],
    ['1', '007'],
  ]);
  expect(fake.rows).toHaveLength(2);
});

test('an empty sheet has an empty header', async () => {
  const { sheet } = await sheetWith([]);
  expect(await sheet.header()).toEqual([]);
});

test.each([[{ title: 'Other' }], [{ sheetId: 9 }]])(
  'a tab that is not there is said with those that are: %j',
  async (place) => {
    await expect(sheetWith([], place)).rejects.toMatchObject({
      code: 'invalid_config_at_run',
      message: expect.stringContaining('"Sheet1"') as unknown,
    });
  },
);
