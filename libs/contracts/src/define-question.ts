import type { z } from 'zod';
import { subjects } from './subjects.js';

export interface QuestionDefinition<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly service: string;
  readonly name: string;
  readonly summary: string;
  readonly request: Request;
  readonly answer: Answer;
  readonly subject: string;
}

/** Declares a question one service answers for others now (core NATS request/reply). */
export function defineQuestion<Request extends z.ZodType, Answer extends z.ZodType>(
  input: Omit<QuestionDefinition<Request, Answer>, 'subject'>,
): QuestionDefinition<Request, Answer> {
  return { ...input, subject: subjects.question(input.service, input.name) };
}

export type RequestOf<Question extends QuestionDefinition> = z.input<Question['request']>;
export type AnswerOf<Question extends QuestionDefinition> = z.output<Question['answer']>;
