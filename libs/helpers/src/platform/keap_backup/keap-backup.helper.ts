import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { exportTypes } from './export-types.js';
import { keapBackupConfig, OWN_STORE, type KeapBackupConfig } from './keap-backup.config.js';
import { BackupTurn } from './one-at-a-time.js';
import { beginOrGoOn, type Progress, type TypeResult } from './progress.js';
import { storeJson } from './store-page.js';

type Context = RunContext<KeapBackupConfig>;

const summaryOf = ({ success, record_count: records, files, error }: TypeResult): object =>
  success
    ? { success, record_count: records, page_count: files.length, s3_keys: files.map(({ key }) => key) }
    : { success, error };

/** Hands the rest to another execution, which finds what was done in the file of its predecessor. */
async function handOn(context: Context, progress: Progress): Promise<HelperResult> {
  const { children, effect, identity } = context;
  const key = await storeJson(context, `${progress.timestamp}-progress-${identity.depth}`, progress);
  const intent = { step: 'go on', operation: 'startChildren', target: identity.helperId, summary: 'Go on' } as const;
  const executionIds = await effect(intent, () =>
    children.start({
      steps: [{ helperId: identity.helperId, delaySeconds: 0 }],
      stopOnFailure: false,
      onSuccess: [],
      onFailure: [],
      input: { continue_from: key },
    }),
  );
  return {
    success: true,
    modifiedData: {
      timestamp: progress.timestamp,
      backup_id: progress.backup_id,
      state: 'continues',
      execution_ids: executionIds,
    },
  };
}

async function conclude(context: Context, progress: Progress): Promise<HelperResult> {
  const { config, identity } = context;
  const { timestamp, backup_id: backupId, results } = progress;
  const all = Object.entries(results);
  const successful = all.filter(([, { success }]) => success).length;
  const failed = all.length - successful;
  const manifest = {
    format: 'keap-backup-1',
    backup_id: backupId,
    account_id: identity.accountId,
    connection_id: identity.connectionId,
    timestamp,
    state: failed === 0 ? 'complete' : 'partial',
    content: 'Lines of JSON, gzip. sha256 is that of the content before compression.',
    types: results,
  };
  const manifestKey = await storeJson(context, `${timestamp}-manifest`, manifest);
  const modifiedData = {
    timestamp,
    backup_id: backupId,
    state: manifest.state,
    total_types: all.length,
    successful,
    failed,
    backup_results: Object.fromEntries(all.map(([type, result]) => [type, summaryOf(result)])),
    s3_bucket: OWN_STORE,
    s3_prefix: manifestKey.slice(0, manifestKey.lastIndexOf('/')),
    manifest_key: manifestKey,
  };
  if (config.s3_bucket !== OWN_STORE) {
    context.warn(`Nothing was written to the bucket ${config.s3_bucket}: backups lie in the account's own store.`);
  }
  if (successful > 0) return { success: true, modifiedData };
  const message = 'None of the kinds of records could be exported.';
  return { success: false, modifiedData, failure: { code: 'backup_failed', class: 'give_up', message } };
}

export const keapBackup = defineHelper({
  type: 'keap_backup',
  category: 'platform',
  title: 'Keap Backup',
  summary: "Exports a Keap account's contacts, companies, notes, tags and more to files that are kept.",
  rules: [
    'It needs no contact: start it by hand or by a schedule. One backup of a connection runs at a time, and ten minutes pass before the next one (`backup_running`), so that many contacts make one backup.',
    "Files lie in the account's own store: one for each page of records, lines of JSON compressed by gzip. manifest.json comes last and has the number, size and SHA-256 of each file and the state of the whole.",
    'A kind of records that cannot be read does not stop the others; the run succeeds when one kind did. A first page without records writes no file.',
    'Each page is exported once, however often the execution is delivered. A backup that takes longer than a run may take goes on in another execution from where it stopped.',
    'Of payment methods only what recognises them is kept. Notes and payment methods cost a call to Keap for each contact.',
    'To restore, read the files in the order of the manifest; every line is a record with the id it had.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: ['keap'],
  services: [],
  effects: { storeFile: { inDoubt: 'repeat' }, keepState: 'repeatable', startChildren: 'repeatable' },
  config: keapBackupConfig,

  async run(context) {
    await context.crm.platform();
    const progress = await beginOrGoOn(context);
    const turn = new BackupTurn(context, progress.backup_id);
    await turn.take();
    if (!(await exportTypes(context, progress))) return handOn(context, progress);
    const result = await conclude(context, progress);
    await turn.end(result.success);
    return result;
  },
});
