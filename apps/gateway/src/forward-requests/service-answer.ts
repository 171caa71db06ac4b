import type { IncomingHttpHeaders } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

/** Answers up to this size are passed on in one piece: a stream costs more than most answers are long. */
const IN_ONE_PIECE = 256 * 1024;

export interface ServiceAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer | Readable;
}

/** Receives the answer of a service: whole when it is short, as a stream with back pressure otherwise. */
export class ServiceAnswerHandler implements Dispatcher.DispatchHandler {
  readonly #answer = Promise.withResolvers<ServiceAnswer>();
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #pieces: Buffer[] = [];
  #stream: PassThrough | undefined;

  /** @returns the answer as soon as it can be passed on; rejects when the service breaks off before that */
  get answer(): Promise<ServiceAnswer> {
    return this.#answer.promise;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const length = headers['content-length'];
    if (length !== undefined && Number(length) <= IN_ONE_PIECE) return;
    this.#stream = this.#openStream();
    this.#answer.resolve({ status, headers, body: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#stream === undefined) this.#pieces.push(piece);
    else if (!this.#stream.write(piece)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#stream !== undefined) return void this.#stream.end();
    const [first = Buffer.alloc(0), ...rest] = this.#pieces;
    const body = rest.length === 0 ? first : Buffer.concat(this.#pieces);
    this.#answer.resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#answer.reject(error);
    this.#stream?.destroy(error);
  }

  #openStream(): PassThrough {
    const stream = new PassThrough();
    stream.on('drain', () => this.#controller?.resume());
    // Nobody reads on when the client has gone.
    stream.once('close', () => {
      if (!stream.writableFinished) this.#controller?.abort(new Error('The client has gone'));
    });
    return stream;
  }
}
