import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { bearer, openService, type ServiceAnswer } from '../service-client.js';

export interface DropboxClient {
  /** Adds a file, under another name when there is one with other content. @returns the path that it got */
  upload(path: string, content: string, overwrite: boolean): Promise<string>;
  /** Makes a folder; one that is there stays. */
  createFolder(path: string): Promise<void>;
  /** Copies a folder with its files; a target that is there stays as it is. */
  copyFolder(from: string, to: string): Promise<void>;
  /** The link to a file or folder, the same one every time. */
  sharedLink(path: string): Promise<string>;
  /** Lets an e-mail address see a folder and change its files. */
  shareWith(path: string, email: string): Promise<void>;
}

const UPLOAD_URL = 'https://content.dropboxapi.com/2/files/upload';
/** Dropbox says what is wrong by 409, with the reason in `error_summary`. */
const REFUSED = 409;

/** A header must be ASCII; Dropbox reads escapes as in JSON. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const reasonOf = (answer: ServiceAnswer): string => fieldText(answer.json()['error_summary']);

function refused(reason: string): HelperFailure {
  const known = /^[\w/]{1,80}/.exec(reason)?.[0] ?? 'unknown reason';
  return new HelperFailure('upstream_error', 'give_up', `Dropbox refused (${known}): look at the path.`, {
    nothingDone: true,
  });
}

/**
 * The account's Dropbox.
 * @throws HelperFailure `service_not_connected`
 */
export async function openDropbox(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
): Promise<DropboxClient> {
  const client = await openService(context, {
    slug: 'dropbox',
    name: 'Dropbox',
    baseUrl: 'https://api.dropboxapi.com/2',
    sign: bearer,
  });
  /** @param settled reasons that mean that what is wanted is already so */
  const call = async (path: string, json: unknown, settled: readonly string[] = []): Promise<ServiceAnswer | null> => {
    const answer = await client.call({ method: 'POST', path, json, accept: [REFUSED] });
    if (answer.status !== REFUSED) return answer;
    const reason = reasonOf(answer);
    if (settled.some((each) => reason.startsWith(each))) return null;
    throw refused(reason);
  };
  return {
    async upload(path, content, overwrite) {
      const target = overwrite ? { mode: 'overwrite', path } : { mode: 'add', path, autorename: true };
      const answer = await client.call({
        method: 'POST',
        path: UPLOAD_URL,
        headers: { 'Content-Type': 'application/octet-stream', 'Dropbox-API-Arg': asciiJson(target) },
        body: content,
        accept: [REFUSED],
      });
      if (answer.status === REFUSED) throw refused(reasonOf(answer));
      return fieldText(answer.json()['path_display']) || path;
    },
    async createFolder(path) {
      await call('files/create_folder_v2', { path, autorename: false }, ['path/conflict/folder']);
    },
    async copyFolder(from, to) {
      await call('files/copy_v2', { from_path: from, to_path: to, autorename: false }, ['to/conflict/folder']);
    },
    async sharedLink(path) {
      const made = await call('sharing/create_shared_link_with_settings', { path }, ['shared_link_already_exists']);
      if (made !== null) return fieldText(made.json()['url']);
      const links = (await call('sharing/list_shared_links', { path, direct_only: true }))?.json()['links'];
      return fieldText(Array.isArray(links) ? (links[0] as { url?: unknown } | undefined)?.url : '');
    },
    async shareWith(path, email) {
      const answer = await client.call({
        method: 'POST',
        path: 'sharing/share_folder',
        json: { path },
        accept: [REFUSED],
      });
      const body = answer.json();
      const folder = answer.status === REFUSED ? alreadyShared(body) : body['shared_folder_id'];
      const id = fieldText(folder);
      if (id === '') throw refused(answer.status === REFUSED ? reasonOf(answer) : 'sharing/in_progress');
      await call('sharing/add_folder_member', {
        shared_folder_id: id,
        members: [{ member: { '.tag': 'email', email }, access_level: 'editor' }],
      });
    },
  };
}

/** Dropbox tells the id of a folder that was shared before beside its refusal. */
function alreadyShared(body: Record<string, unknown>): unknown {
  const error = body['error'] as { bad_path?: { shared_folder_id?: unknown } } | undefined;
  return error?.bad_path?.shared_folder_id;
}
