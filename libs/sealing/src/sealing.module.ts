import { Global, Module } from '@nestjs/common';
import { Sealer } from './sealer.js';
import { SealingConfig } from './sealing-config.js';

/** Gives a service the {@link Sealer} with the keys of `MFH_SEALING_KEYS`. */
@Global()
@Module({
  providers: [{ provide: Sealer, useFactory: (): Sealer => sealerFromEnvironment() }],
  exports: [Sealer],
})
export class SealingModule {}

/** @throws ZodError when the keys are missing in production or cannot be read */
export const sealerFromEnvironment = (env: NodeJS.ProcessEnv = process.env): Sealer =>
  new Sealer(SealingConfig.parse(presentOnly(env)).sealingKeys);

/** An empty variable counts as absent. */
const presentOnly = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
