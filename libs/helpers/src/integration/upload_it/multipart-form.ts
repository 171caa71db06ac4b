import type { StoredFile } from '../../_kit/outside-ports.js';

export interface MultipartForm {
  contentType: string;
  body: Uint8Array;
}

/** Names inside a part's header, as browsers write them. */
const quoted = (name: string): string =>
  `"${name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`;

/**
 * A form with one file and further fields, as browsers send it.
 * @param boundary must not occur in the content
 */
export function multipartForm(
  field: string,
  file: StoredFile,
  fields: Readonly<Record<string, string>>,
  boundary: string,
): MultipartForm {
  const encoder = new TextEncoder();
  const type = file.contentType.replace(/[\r\n]+/g, ' ');
  const parts: Uint8Array[] = [
    encoder.encode(
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(field)}; filename=${quoted(file.name)}\r\n` +
        `Content-Type: ${type}\r\n\r\n`,
    ),
    file.bytes,
    encoder.encode('\r\n'),
    ...Object.entries(fields).map(([name, value]) =>
      encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`),
    ),
    encoder.encode(`--${boundary}--\r\n`),
  ];
  const body = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
