import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isProblem, Problem } from '#contracts';
import { callerOf } from '../caller.js';
import { normalEmail } from '../domain/email-address.js';
import { Interactions, type Exchange } from './interactions.js';
import { Linking } from './linking.js';
import { OAUTH_ROUTES } from './oauth-configuration.js';
import { errorPage, type Page } from './oauth-pages.js';
import { OAuthProvider } from './oauth-provider.js';
import { routeSettings } from './oauth-route-descriptions.js';

const FORM = 'application/x-www-form-urlencoded';
const MOST_BYTES = 16 * 1024;

const SignInForm = z.union([
  z.object({
    proof: z.string(),
    email: z.string().max(320).transform(normalEmail),
    password: z.string().max(1_024),
  }),
  z.object({
    proof: z.string(),
    mfa_token: z.string().max(200),
    mfa_code: z
      .string()
      .max(40)
      .transform((code) => code.replace(/\s/g, '')),
  }),
]);
const ConsentForm = z.object({ proof: z.string(), decision: z.enum(['allow', 'deny']), account_id: z.string() });

type Step = FastifyRequest<{ Params: { uid: string } }>;

const exchangeOf = (request: FastifyRequest, reply: FastifyReply): Exchange => ({
  request: request.raw,
  response: reply.raw,
});

/** What a form holds. @throws Problem 400 for one that is not ours */
function fieldsOf<Schema extends z.ZodType>(schema: Schema, { body }: FastifyRequest): z.output<Schema> {
  const fields = schema.safeParse(Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : '')));
  if (!fields.success) throw new Problem(400, 'request.invalid_body', 'The form is not complete');
  return fields.data;
}

const show = (reply: FastifyReply, { html, policy }: Page, status = 200): FastifyReply =>
  reply.code(status).header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);

/** Serves what the authorization server says to apps and browsers: outside Nest, because its library answers itself. */
@Injectable()
export class OAuthRoutes implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly oauth: OAuthProvider,
    private readonly interactions: Interactions,
    private readonly linking: Linking,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      // The library reads the body itself.
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      const handler = (request: FastifyRequest, reply: FastifyReply) => this.handOver(request, reply);
      const { authorization, token, revocation } = OAUTH_ROUTES;
      scope.get(authorization, { config: routeSettings('authorize'), handler });
      scope.get(`${authorization}/:uid`, { config: routeSettings('resume'), handler });
      scope.post(token, { config: routeSettings('token'), handler });
      scope.post(revocation, { config: routeSettings('revoke'), handler });
    });
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, text, done) =>
        done(null, text),
      );
      scope.setErrorHandler((error, _request, reply) => {
        if (!isProblem(error) || error.status >= 500) throw error;
        return show(reply, errorPage(error.message), error.status);
      });
      const path = '/oauth/interactions/:uid';
      scope.get(path, { config: routeSettings('showStep') }, (request: Step, reply) => this.showStep(request, reply));
      scope.post(`${path}/sign-in`, { config: routeSettings('signIn') }, (request: Step, reply) =>
        this.signIn(request, reply),
      );
      scope.post(`${path}/consent`, { config: routeSettings('decide') }, (request: Step, reply) =>
        this.decide(request, reply),
      );
    });
  }

  private async handOver(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const provider = await this.oauth.current();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    await provider.callback()(request.raw, reply.raw);
  }

  private async showStep(request: Step, reply: FastifyReply): Promise<FastifyReply> {
    const exchange = exchangeOf(request, reply);
    const step = await this.interactions.find(exchange, request.params.uid);
    const page = await this.linking.page(step);
    if (page !== undefined) return show(reply, page);
    const refusal = { error: 'invalid_scope', error_description: 'the app asks for nothing that it may have' };
    return reply.redirect(await this.interactions.finish(step, exchange, refusal), 303);
  }

  private async signIn(request: Step, reply: FastifyReply): Promise<FastifyReply> {
    const exchange = exchangeOf(request, reply);
    const fields = fieldsOf(SignInForm, request);
    const step = await this.interactions.findForForm(exchange, request.params.uid, fields.proof);
    const [proof, code] = 'mfa_token' in fields ? [{ mfaToken: fields.mfa_token }, fields.mfa_code] : [fields, ''];
    const outcome = await this.linking.signIn(step, { proof, code, caller: callerOf(request) });
    if ('page' in outcome) return show(reply, outcome.page, outcome.status);
    const login = { accountId: outcome.user._id, amr: [...outcome.amr], remember: false };
    return reply.redirect(await this.interactions.finish(step, exchange, { login }), 303);
  }

  private async decide(request: Step, reply: FastifyReply): Promise<FastifyReply> {
    const exchange = exchangeOf(request, reply);
    const { proof, decision, account_id: accountId } = fieldsOf(ConsentForm, request);
    const step = await this.interactions.findForForm(exchange, request.params.uid, proof);
    const result =
      decision === 'allow'
        ? { consent: { grantId: await this.linking.allow(step, { accountId, caller: callerOf(request) }) } }
        : { error: 'access_denied', error_description: 'the user does not allow it' };
    return reply.redirect(await this.interactions.finish(step, exchange, result), 303);
  }
}
