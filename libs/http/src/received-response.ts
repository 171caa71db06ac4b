import { HttpFailure } from './http-failure.js';
import type { HttpResponse } from './http-message.js';

/** An answer whose body has been read completely. */
export class ReceivedResponse implements HttpResponse {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly url: string,
    readonly bytes: Uint8Array,
  ) {}

  text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('utf8');
  }

  json(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      // The parser's own message quotes the body, which may hold personal data.
      throw new HttpFailure('invalid_json', `The answer (${this.status}) is not JSON`, true);
    }
  }
}
