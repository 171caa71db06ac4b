import { z } from 'zod';

const Secret = z.string().max(8192).optional();

/** What a form of the web client can send; unknown keys are dropped before they are looked at. */
export const CredentialInput = z.object({
  api_key: Secret,
  api_secret: Secret,
  api_url: Secret,
  app_id: Secret,
  location_id: Secret,
});
export type CredentialInput = z.infer<typeof CredentialInput>;
export type CredentialKey = keyof CredentialInput;
export const CREDENTIAL_KEYS = CredentialInput.keyof().options;
