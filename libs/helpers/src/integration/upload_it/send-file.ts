import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { checkFileKind } from '../../_kit/files/file-kind.js';
import { isHttpUrl } from '../../_kit/text/http-url.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { answerFailure } from '../../_services/answer-failure.js';
import { readJson } from '../../_services/read-json.js';
import { givenFile } from './given-file.js';
import { multipartForm } from './multipart-form.js';
import type { UploadItConfig } from './upload-it.config.js';

const TIMEOUT_MS = 120_000;
const LONGEST_ANSWER = 64 * 1024;

/** The answer as the output keeps it: a JSON object as it is, anything else as text. */
function kept(text: string): unknown {
  const json = text.length > LONGEST_ANSWER ? undefined : readJson(text);
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? json : { raw_response: text.slice(0, LONGEST_ANSWER) };
}

/** What is left of an upload: the file itself is not needed again. */
interface Sent {
  name: string;
  size: number;
  source: string;
  status: number;
  text: string;
}

async function send(context: RunContext<UploadItConfig>, key: string): Promise<Sent> {
  const { config, http, crypto, identity } = context;
  const { upload_url: url = '', http_method: method, auth_header: authorization } = config;
  const file = await givenFile(context);
  checkFileKind(file, config.allowed_types);
  const fields = Object.fromEntries(
    Object.entries(config.additional_fields).map(([name, value]) => [name, fieldText(value)]),
  );
  // Of the execution, so that every attempt sends the same bytes.
  const boundary = `form-${crypto.sha256(identity.executionId, 'hex').slice(0, 32)}`;
  const form = multipartForm(config.file_field_name, file, fields, boundary);
  const answer = await http.request({
    method,
    url,
    headers: {
      'Content-Type': form.contentType,
      'Idempotency-Key': key,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    },
    body: form.body,
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status < 200 || answer.status >= 300) throw answerFailure('The upload address', answer);
  const { name, source, bytes } = file;
  return { name, source, size: bytes.byteLength, status: answer.status, text: answer.text.slice(0, LONGEST_ANSWER) };
}

/** Sends the file of the run as a form. */
export async function sendFile(context: RunContext<UploadItConfig>): Promise<HelperResult> {
  const { config, effect } = context;
  const { upload_url: url = '' } = config;
  if (!isHttpUrl(url)) throw new HelperFailure('blocked_url', 'give_up', 'upload_url must be an http or https URL.');
  const upload = { step: 'upload', operation: 'http', target: new URL(url).origin, summary: 'Send the file' } as const;
  const sent = await effect(upload, (key) => send(context, key));
  return {
    success: true,
    modifiedData: {
      upload_url: url,
      file_path: config.file_path ?? sent.source,
      file_name: sent.name,
      file_size: sent.size,
      http_status: sent.status,
      response: kept(sent.text),
    },
    actions: [{ type: 'file_uploaded', target: url, value: sent.name }],
  };
}
