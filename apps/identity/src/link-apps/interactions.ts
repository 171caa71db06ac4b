import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Interaction, type Provider } from 'oidc-provider';
import { isProblem, Problem } from '#contracts';
import { DerivationKey } from '../sessions/derivation-key.js';
import { interactionPath } from './oauth-configuration.js';
import { OAuthProvider } from './oauth-provider.js';

/** The request and answer that a step of linking happens in: cookies tell which linking it is. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** One step of linking an app: signing in, or deciding. */
export interface LinkingStep {
  provider: Provider;
  interaction: Interaction;
  path: string;
  proof: string;
  clientId: string;
  appName: string;
  redirectUri: string;
}

const lost = (cause?: unknown): Problem =>
  new Problem(400, 'auth.linking_expired', 'This page is too old or was opened elsewhere', { cause });

/** Finds the step of linking that a browser is in, and moves it on. */
@Injectable()
export class Interactions {
  constructor(
    private readonly oauth: OAuthProvider,
    private readonly derivationKey: DerivationKey,
  ) {}

  /** @throws Problem 400 when the browser is in no such step (any more) */
  async find({ request, response }: Exchange, uid: string): Promise<LinkingStep> {
    const provider = await this.oauth.current();
    const interaction = await this.details(provider, { request, response });
    const { client_id, redirect_uri } = interaction.params;
    if (interaction.uid !== uid || typeof client_id !== 'string' || typeof redirect_uri !== 'string') throw lost();
    const client = await provider.Client.find(client_id);
    if (client === undefined) throw lost();
    return {
      provider,
      interaction,
      path: interactionPath(uid),
      proof: await this.proofOf(uid),
      clientId: client_id,
      appName: client.clientName ?? client_id,
      redirectUri: redirect_uri,
    };
  }

  /** As {@link find}, for a form: a page of another site cannot know the proof that ours carries. */
  async findForForm(exchange: Exchange, uid: string, proof: string): Promise<LinkingStep> {
    const step = await this.find(exchange, uid);
    const [shown, wanted] = [Buffer.from(proof), Buffer.from(step.proof)];
    if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) throw lost();
    return step;
  }

  /** Notes what came of the step. @returns where the browser goes next */
  async finish(
    { provider }: LinkingStep,
    { request, response }: Exchange,
    result: Parameters<Provider['interactionResult']>[2],
  ): Promise<string> {
    return provider.interactionResult(request, response, result, { mergeWithLastSubmission: 'consent' in result });
  }

  private async details(provider: Provider, { request, response }: Exchange): Promise<Interaction> {
    try {
      return await provider.interactionDetails(request, response);
    } catch (error) {
      if (error instanceof errors.OIDCProviderError || isProblem(error)) throw lost(error);
      throw error;
    }
  }

  private async proofOf(uid: string): Promise<string> {
    return createHmac('sha256', await this.derivationKey.get())
      .update(`linking\0${uid}`)
      .digest('base64url');
  }
}
