import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { HttpFailure } from './http-failure.js';

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Collects a body up to a limit. The limit counts the bytes on the wire and again the bytes after decompression, so a
 * small compressed body cannot fill the memory.
 * @throws HttpFailure `too_large` or `invalid_answer`
 */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase();
  if (name === undefined || name === '' || name === 'identity') return collect(body, body, maxBytes);
  if (!(name in decoders)) {
    discardBody(body);
    throw new HttpFailure('invalid_answer', 'The answer uses an unknown content encoding', true);
  }
  const decoder = decoders[name as keyof typeof decoders]();
  let wireBytes = 0;
  body.on('data', (chunk: Buffer) => {
    wireBytes += chunk.length;
    if (wireBytes > maxBytes) decoder.destroy(tooLarge(maxBytes));
  });
  body.on('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  return collect(decoder, body, maxBytes);
}

function collect(stream: Readable, source: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (error: Error) => {
      source.destroy();
      stream.destroy();
      reject(error);
    };
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) fail(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    stream.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    stream.on('error', (error) => fail(stream === source ? error : asAnswerFailure(error)));
  });
}

/** Ends a body that nobody will read, and with it its connection. */
export function discardBody(body: Readable): void {
  // Destroying reports the abort as an error, which is what was wanted here.
  body.on('error', () => undefined);
  body.destroy();
}

function tooLarge(maxBytes: number): HttpFailure {
  return new HttpFailure('too_large', `The answer is larger than ${maxBytes} bytes`, true);
}

/** zlib's own complaints become `invalid_answer`; what came through from the socket stays as it is. */
function asAnswerFailure(error: Error): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const fromDecoder = code.startsWith('Z_') || code.startsWith('ERR_') || code.startsWith('ZSTD_');
  return fromDecoder ? new HttpFailure('invalid_answer', 'The compressed answer cannot be read', true, error) : error;
}
