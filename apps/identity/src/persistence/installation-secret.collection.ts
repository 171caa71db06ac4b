import { defineCollection, type Entity, keptBecause } from '#persistence';

/** A secret that all processes of the installation share. `_id` is what it is for. */
export interface InstallationSecret extends Entity {
  sealed: string;
}

export const installationSecretCollection = defineCollection<InstallationSecret>({
  name: 'installation-secrets',
  domain: 'installation_secrets',
  title: 'Installation secret',
  erasure: keptBecause('secrets of the installation belong to no account'),
  fields: { sealed: { type: String, required: true } },
  sealedFor: ({ _id }) => _id,
});
