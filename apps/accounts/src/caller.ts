import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ServiceRequest } from '#service-defaults';

/** Where a request comes from; known without a token, too. */
export interface Caller {
  ip: string;
  userAgent: string;
}

const LONGEST_AGENT = 400;

/** Hands a handler the {@link Caller} of its request. */
export const From = createParamDecorator((_data: unknown, execution: ExecutionContext): Caller => {
  const request = execution.switchToHttp().getRequest<ServiceRequest>();
  return { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT) };
});
