import type { HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { checkFileKind } from '../../_kit/files/file-kind.js';
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

/** Sends the file of the run as a form. */
export async function sendFile(context: RunContext<UploadItConfig>): Promise<HelperResult> {
  const { config, http, crypto, identity, effect } = context;
  const { upload_url: url = '', http_method: method, auth_header: authorization } = config;
  const file = await givenFile(context);
  checkFileKind(file, config.allowed_types);
  const fields = Object.fromEntries(
    Object.entries(config.additional_fields).map(([name, value]) => [name, fieldText(value)]),
  );
  // Of the execution, so that every attempt sends the same bytes.
  const boundary = `form-${crypto.sha256(identity.executionId, 'hex').slice(0, 32)}`;
  const form = multipartForm(config.file_field_name, file, fields, boundary);
  const target = new URL(url).origin;
  const { status, text } = await effect(
    { step: 'upload', operation: 'http', target, summary: `Send ${file.name}` },
    async (key) => {
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
      return { status: answer.status, text: answer.text.slice(0, LONGEST_ANSWER) };
    },
  );
  return {
    success: true,
    modifiedData: {
      upload_url: url,
      file_path: config.file_path ?? file.source,
      file_name: file.name,
      file_size: file.bytes.byteLength,
      http_status: status,
      response: kept(text),
    },
    actions: [{ type: 'file_uploaded', target: url, value: file.name }],
  };
}
