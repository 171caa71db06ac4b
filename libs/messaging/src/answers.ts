import { Ctx, MessagePattern, Payload, Transport, type NatsContext } from '@nestjs/microservices';
import { Logger } from '@nestjs/common';
import type { MsgHdrs } from '@nats-io/transport-node';
import { isProblem, Problem, problemToWire, type AnswerOf, type QuestionDefinition } from '#contracts';
import { withExtractedTrace } from '#telemetry';

const logger = new Logger('questions');

type Handler<Question extends QuestionDefinition> = (
  request: ReturnType<Question['request']['parse']>,
) => Promise<AnswerOf<Question>> | AnswerOf<Question>;

/**
 * Marks the method of a controller that answers a question. Request and answer are checked against the question's
 * schemas; a thrown Problem travels back to the asker, anything else is logged and becomes `generic.internal`.
 */
export function Answers<Question extends QuestionDefinition>(question: Question) {
  return <Method extends Handler<Question>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method = descriptor.value;
    if (method === undefined) throw new Error(`@Answers(${question.subject}) belongs on a method`);
    const answer = async function (this: unknown, payload: unknown, context: NatsContext): Promise<unknown> {
      const carrier = context.getHeaders() as MsgHdrs | undefined;
      return withExtractedTrace(carrier, `answer ${question.service}.${question.name}`, async () => {
        try {
          const request = question.request.safeParse(payload);
          if (!request.success) {
            throw new Problem(
              400,
              'request.invalid_body',
              `Invalid question ${question.subject}: ${request.error.message}`,
            );
          }
          const result = await method.call(this, request.data as Parameters<Method>[0]);
          return { answer: question.answer.parse(result) };
        } catch (error) {
          if (!isProblem(error)) logger.error({ err: error, question: question.subject }, 'a question failed');
          return { problem: problemToWire(error) };
        }
      });
    };
    descriptor.value = answer as unknown as Method;
    // Without parameter decorators Nest hands over the payload alone, and the trace in the headers would be lost.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(question.subject, Transport.NATS)(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };
}
