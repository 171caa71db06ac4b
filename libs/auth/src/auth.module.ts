import {
  Global,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access-guard.js';
import { KeyRing } from './key-ring.js';
import { IdentityKeys, IdentityRevocations } from './question-sources.js';
import { RevocationList } from './revocation-list.js';
import { KEY_SOURCE, REVOCATION_SOURCE, type KeySource, type RevocationSource } from './sources.js';
import { TokenVerifier } from './token-verifier.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface AuthOptions {
  /** Instead of asking identity: for identity itself and for tests. */
  keySource?: KeySource;
  revocationSource?: RevocationSource;
}

/** Puts the access guard before every route of a service. Needs `MessagingModule` unless both sources are given. */
@Global()
@Module({})
export class AuthModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly revocations: RevocationList) {}

  static forService({ keySource, revocationSource }: AuthOptions = {}): DynamicModule {
    return {
      module: AuthModule,
      providers: [
        keySource ? { provide: KEY_SOURCE, useValue: keySource } : { provide: KEY_SOURCE, useClass: IdentityKeys },
        revocationSource
          ? { provide: REVOCATION_SOURCE, useValue: revocationSource }
          : { provide: REVOCATION_SOURCE, useClass: IdentityRevocations },
        { provide: KeyRing, useFactory: (source: KeySource) => new KeyRing(source), inject: [KEY_SOURCE] },
        {
          provide: RevocationList,
          useFactory: (source: RevocationSource) => new RevocationList(source),
          inject: [REVOCATION_SOURCE],
        },
        { provide: TokenVerifier, useFactory: (keys: KeyRing) => new TokenVerifier(keys), inject: [KeyRing] },
        {
          provide: VerifiedTokens,
          useFactory: (verifier: TokenVerifier, keys: KeyRing) => new VerifiedTokens(verifier, keys),
          inject: [TokenVerifier, KeyRing],
        },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [KeyRing, RevocationList, TokenVerifier, VerifiedTokens],
    };
  }

  onApplicationBootstrap(): void {
    this.revocations.start();
  }

  onApplicationShutdown(): void {
    this.revocations.stop();
  }
}
