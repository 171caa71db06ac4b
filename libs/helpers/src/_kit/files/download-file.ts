import { answerFailure } from '../../_services/answer-failure.js';
import { HelperFailure } from '../helper-failure.js';
import type { StoredFile } from '../outside-ports.js';
import type { HelperHttp } from '../ports.js';
import { checkSize } from './file-kind.js';
import { fileNameOfUrl, plainFileName } from './file-name.js';

const MIB = 1024 * 1024;
const TIMEOUT_MS = 60_000;

export interface Download {
  url: string;
  /** Instead of the one in the URL. */
  name?: string;
  maxMib: number;
}

const tooLarge = (maxMib: number, cause: unknown): HelperFailure =>
  new HelperFailure('file_too_large', 'give_up', `The file has more than ${maxMib} MiB.`, { cause });

/**
 * Fetches a file of a public address; what is larger than allowed is never read to its end.
 * @throws HelperFailure `file_too_large`, `upstream_error`, `rate_limited` (retry), and those of the HTTP port
 */
export async function downloadFile(http: HelperHttp, { url, name, maxMib }: Download): Promise<StoredFile> {
  const maxResponseBytes = Math.floor(maxMib * MIB);
  const answer = await http
    .request({ method: 'GET', url, timeoutMs: TIMEOUT_MS, maxResponseBytes })
    .catch((error: unknown) => {
      const large = error instanceof HelperFailure && error.code === 'response_too_large';
      throw large ? tooLarge(maxMib, error) : error;
    });
  if (answer.status !== 200) throw answerFailure('The address of the file', answer);
  const file = {
    name: name === undefined ? fileNameOfUrl(url) : plainFileName(name),
    contentType: answer.headers['content-type'] ?? 'application/octet-stream',
    bytes: answer.bytes,
  };
  checkSize(file, maxMib);
  return file;
}
