import { Problem } from '#contracts';
import type { UploadedFile } from './accepted-file.js';

const UNNAMED = 'file';

/**
 * The file in a request: of a form, or as the body itself with its name in the query.
 * @throws Problem 400 when there is none
 */
export async function readUpload(body: unknown, contentType = '', name = UNNAMED): Promise<UploadedFile> {
  if (!Buffer.isBuffer(body)) throw new Problem(400, 'request.invalid_body', 'Send one file');
  if (!/^multipart\/form-data/i.test(contentType)) {
    return { name, contentType: 'application/octet-stream', bytes: body };
  }
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (error) {
    throw new Problem(400, 'request.invalid_body', 'The form cannot be read', { cause: error });
  }
  const [file, ...more] = [...form.values()].filter((value) => typeof value !== 'string');
  if (file === undefined || more.length > 0) throw new Problem(400, 'request.invalid_body', 'Send one file');
  return { name: file.name, contentType: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}
