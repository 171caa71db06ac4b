import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ServiceRequest } from '#service-defaults';

/** Where a request comes from. Known on public routes too, where there is no request context. */
export interface Caller {
  ip: string;
  userAgent: string;
}

const LONGEST_AGENT = 400;

export const callerOf = (request: Pick<ServiceRequest, 'ip' | 'headers'>): Caller => ({
  ip: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT),
});

/** Hands a handler the {@link Caller} of its request. */
export const From = createParamDecorator((_data: unknown, execution: ExecutionContext): Caller =>
  callerOf(execution.switchToHttp().getRequest<ServiceRequest>()),
);
