import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { casesBeside, mismatchesOf, VectorCase, World } from '#helper-testing';
import { runHelper } from '../../_kit/run-helper.js';
import { keapBackup } from './keap-backup.helper.js';

test.each(casesBeside(import.meta.url))('$id', async (vector) => {
  expect(await mismatchesOf(keapBackup, vector)).toEqual([]);
});

const worldOf = (more: object = {}): World =>
  new World(
    VectorCase.parse({
      id: 'keap_backup/x',
      type: 'keap_backup',
      config: { data_types: ['contacts', 'tags'], s3_bucket: 'b' },
      contact: { id: 'c1', first_name: 'Ada' },
      other_contacts: [{ id: 'c2' }, { id: 'c3' }],
      crm: { platform: 'keap', contact_pages: [['c1'], ['c2'], ['c3']], tags: [{ id: '1', name: 'VIP' }] },
      expect: {},
      ...more,
    }),
  );

const lines = (bytes: Uint8Array): unknown[] =>
  gunzipSync(bytes)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const namesOf = (world: World): string[] => world.files.stored.map(({ name }) => name.replace(/^.*Z-/, ''));

describe('what is kept', () => {
  test('is every record as a line, and a manifest last', async () => {
    const world = worldOf();
    const { output } = await runHelper(keapBackup, world.ports, world.job);
    const { stored } = world.files;
    expect(namesOf(world)).toEqual([
      'contacts-page-1.ndjson.gz',
      'contacts-page-2.ndjson.gz',
      'contacts-page-3.ndjson.gz',
      'tags-page-1.ndjson.gz',
      'manifest.json',
    ]);
    expect(stored.slice(0, 1).flatMap(({ bytes }) => lines(bytes))).toEqual([
      expect.objectContaining({ id: 'c1', first_name: 'Ada', source_id: 'c1' }),
    ]);
    const manifest: unknown = JSON.parse(Buffer.from(stored.at(-1)?.bytes ?? []).toString());
    expect(manifest).toMatchObject({
      state: 'complete',
      connection_id: 'connection:c1',
      types: {
        contacts: { record_count: 3, files: [{ records: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }, {}, {}] },
        tags: { record_count: 1 },
      },
    });
    expect(output.modified_data['manifest_key']).toContain('manifest.json');
    expect(output.warnings[0]).toContain('bucket b');
  });

  test('is read once for an execution', async () => {
    const world = worldOf();
    await runHelper(keapBackup, world.ports, world.job);
    const calls = world.crm.calls.length;
    const again = await runHelper(keapBackup, world.ports, world.job);
    expect(again.success).toBe(true);
    expect(world.crm.calls).toHaveLength(calls);
  });
});

describe('a backup that takes long', () => {
  test('goes on in another execution from where it stopped', async () => {
    const itself = { helper_id: 'helper:h1', helper_type: 'keap_backup', config: {} };
    const first = worldOf({ state: { helpers: { itself } } });
    const read = first.crm.getContacts.bind(first.crm);
    first.crm.getContacts = async (options) => {
      await first.clock.sleep(100_000);
      return read(options);
    };
    const begun = await runHelper(keapBackup, first.ports, first.job);
    expect(begun.output.modified_data['state']).toBe('continues');
    expect(namesOf(first)).toEqual(['contacts-page-1.ndjson.gz', 'contacts-page-2.ndjson.gz', 'progress-0.json']);
    const again = await runHelper(keapBackup, first.ports, first.job);
    expect(again.output.modified_data['state']).toBe('continues');
    const [{ input } = { input: {} }] = first.children.sequences;

    const second = worldOf();
    const identity = { ...second.job.identity, executionId: 'exec:2', depth: 1 };
    const ports = { ...second.ports, files: first.files, state: first.state };
    const ended = await runHelper(keapBackup, ports, { ...second.job, input, identity });
    expect(ended.success).toBe(true);
    expect(ended.output.modified_data).toMatchObject({
      state: 'complete',
      backup_results: { contacts: { record_count: 3, page_count: 3 }, tags: { record_count: 1 } },
    });
    expect(second.crm.calls.filter(({ op }) => op === 'GetContacts')).toHaveLength(1);
  });
});

test('a connection is backed up once, however many contacts ask for it', async () => {
  const first = worldOf();
  await runHelper(keapBackup, first.ports, first.job);
  const second = worldOf();
  const identity = { ...second.job.identity, executionId: 'exec:2' };
  const outcome = await runHelper(keapBackup, { ...second.ports, state: first.state }, { ...second.job, identity });
  expect(outcome.failure?.code).toBe('backup_running');
  expect(second.files.stored).toEqual([]);
});
