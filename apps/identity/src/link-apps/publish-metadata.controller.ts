import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { answerWith, Api, Raw } from '#service-defaults';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { APP_SCOPES } from './app-client.js';
import { OAUTH_ROUTES } from './oauth-configuration.js';

const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string(),
  jwks_uri: z.string(),
  scopes_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  response_modes_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  code_challenge_methods_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  authorization_response_iss_parameter_supported: z.boolean(),
});

const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'none'];

@Controller()
export class PublishMetadataController {
  constructor(@Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings) {}

  @Get('.well-known/oauth-authorization-server')
  @Public()
  @Raw()
  @Api({ summary: 'What apps need to know to be linked (RFC 8414)', answer: Metadata, tags: ['oauth'] })
  metadata() {
    const issuer = this.settings.publicUrl;
    const at = (path: string): string => new URL(path, issuer).href;
    const metadata = {
      issuer,
      authorization_endpoint: at(OAUTH_ROUTES.authorization),
      token_endpoint: at(OAUTH_ROUTES.token),
      revocation_endpoint: at(OAUTH_ROUTES.revocation),
      jwks_uri: at(OAUTH_ROUTES.jwks),
      scopes_supported: [...APP_SCOPES],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: AUTH_METHODS,
      authorization_response_iss_parameter_supported: true,
    };
    return answerWith(metadata, { headers: { 'cache-control': 'public, max-age=300' } });
  }
}
