import { Inject, Injectable } from '@nestjs/common';
import { headers, NoRespondersError, RequestError, TimeoutError, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import {
  problemFromWire,
  ProblemWire,
  unavailable,
  type AnswerOf,
  type QuestionDefinition,
  type RequestOf,
} from '#contracts';
import { injectTrace } from '#telemetry';
import { whileLinked } from './broker-link.js';
import { NATS_CONNECTION } from './tokens.js';

export const DEFAULT_QUESTION_TIMEOUT_MS = 1800;

/** What a Nest microservice sends back over NATS, with our own answer or problem inside. */
const Reply = z.object({
  response: z.union([z.object({ answer: z.unknown() }), z.object({ problem: ProblemWire })]).optional(),
  err: z.unknown().optional(),
});

function withoutAnswer(error: unknown, question: QuestionDefinition): Error {
  const silent =
    error instanceof TimeoutError ||
    error instanceof NoRespondersError ||
    (error instanceof RequestError && error.isNoResponders()) ||
    (error instanceof Error && /closed|draining|disconnect/i.test(error.name + error.message));
  if (silent) return unavailable(`The service ${question.service}`, error);
  return error instanceof Error ? error : new Error(String(error));
}

/** Asks other services over NATS (request/reply). */
@Injectable()
export class Questions {
  private sent = 0;

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /**
   * Asks and waits for the answer.
   * @param timeoutMs how long to wait before giving up with Problem 503 `generic.unavailable`
   * @throws the Problem that the other service threw
   */
  async ask<Question extends QuestionDefinition>(
    question: Question,
    request: RequestOf<Question>,
    { timeoutMs = DEFAULT_QUESTION_TIMEOUT_MS }: { timeoutMs?: number } = {},
  ): Promise<AnswerOf<Question>> {
    const carrier = headers();
    injectTrace(carrier);
    const packet = JSON.stringify({ pattern: question.subject, data: request, id: String((this.sent += 1)) });
    const message = await whileLinked(this.connection, () =>
      this.connection.request(question.subject, packet, { timeout: timeoutMs, headers: carrier }),
    ).catch((error: unknown) => {
      throw withoutAnswer(error, question);
    });
    const { response, err } = Reply.parse(message.json());
    if (response === undefined) {
      throw new Error(`${question.subject} was not answered: ${JSON.stringify(err)}`);
    }
    if ('problem' in response) throw problemFromWire(response.problem);
    return question.answer.parse(response.answer) as AnswerOf<Question>;
  }
}
