import type { PageInfo } from '#contracts';

export interface AnswerOptions {
  /** Text of the envelope, instead of the route's. */
  message?: string;
  /** Status, instead of the route's. */
  status?: number;
  headers?: Record<string, string>;
  /** Where the page stands, beside `data` on lists whose `data` is a bare array. */
  pageInfo?: PageInfo;
}

/** A handler's result with its own message, status or headers. */
export class Answer<Data> {
  constructor(
    readonly data: Data,
    readonly options: AnswerOptions,
  ) {}
}

/** For handlers whose message, status or headers depend on the case: `return answerWith(data, { status: 202 })`. */
export const answerWith = <Data>(data: Data, options: AnswerOptions): Answer<Data> => new Answer(data, options);
