import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AccountScope, Permission, Role } from '#contracts';
import { currentRequestState, type ServiceRequest } from '#service-defaults';

/** A person with a session. */
export interface UserActor {
  kind: 'user';
  userId: string;
  sub: string;
  sessionId: string;
}

/** An API key; it acts for the user who made it, within its scopes. */
export interface ApiKeyActor {
  kind: 'api_key';
  keyId: string;
  userId: string;
  sub: string;
  scopes: readonly string[];
  /** What it asks for is only tried out. */
  test: boolean;
  /** The only helpers that exist for it; undefined for a key without limit. */
  helperIds?: readonly string[];
}

/** Another product that the user linked; it acts for this user, within what was allowed. */
export interface AppActor {
  kind: 'app';
  clientId: string;
  grantId: string;
  userId: string;
  sub: string;
  scopes: readonly string[];
}

export type Actor = UserActor | ApiKeyActor | AppActor;

/** Who calls, for which account, with which rights. Everything in it comes from the verified token. */
export interface RequestContext {
  readonly actor: Actor;
  readonly accountId: string;
  readonly scope: AccountScope;
  readonly role: Role;
  readonly permissions: Readonly<Record<Permission, boolean>>;
  /** How the person signed in (`pwd`, `otp`, ...). */
  readonly amr: readonly string[];
  readonly traceId: string;
  readonly ip: string;
  readonly userAgent: string;
}

/** The only helpers that exist for a caller; undefined where nothing is limited. */
export const helpersOf = ({ actor }: Pick<RequestContext, 'actor'>): readonly string[] | undefined =>
  actor.kind === 'api_key' ? actor.helperIds : undefined;

/** Whether what a caller asks for is only tried out. */
export const isTest = ({ actor }: Pick<RequestContext, 'actor'>): boolean => actor.kind === 'api_key' && actor.test;

/** The context of a request that passed the guard; undefined on public routes. */
export const requestContextOf = (request: ServiceRequest): RequestContext | undefined =>
  request.state?.caller as RequestContext | undefined;

/** The context of the request in progress, where no parameter can carry it; prefer {@link Ctx}. */
export const currentRequestContext = (): RequestContext | undefined =>
  currentRequestState()?.caller as RequestContext | undefined;

/** Hands a handler its {@link RequestContext}: `create(@Ctx() ctx: RequestContext)`. Not on public routes. */
export const Ctx = createParamDecorator((_data: unknown, execution: ExecutionContext): RequestContext => {
  const context = requestContextOf(execution.switchToHttp().getRequest<ServiceRequest>());
  if (context === undefined) throw new Error('@Ctx() is used on a route that anyone may call');
  return context;
});

/** Hands a handler of an optionally authenticated route its {@link RequestContext}, or undefined without a token. */
export const OptionalCtx = createParamDecorator((_data: unknown, execution: ExecutionContext) =>
  requestContextOf(execution.switchToHttp().getRequest<ServiceRequest>()),
);
