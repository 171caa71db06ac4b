import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { Sealer } from '#sealing';
import { Clock } from '../clock.js';
import { sealedForRecord, type OAuthRecord } from '../persistence/oauth-record.collection.js';
import { OAuthRecords } from '../persistence/oauth-records.repository.js';
import { EndedGrants } from './ended-grants.js';
import { endReasonNow } from './end-reason.js';

const GRANT = 'Grant';

const hashOf = (kind: string, id: string): string => createHash('sha256').update(`${kind}\0${id}`).digest('base64url');

/** Keeps what the authorization server remembers: hashed by name, sealed inside, gone when it expires. */
@Injectable()
export class OAuthAdapters {
  constructor(
    private readonly records: OAuthRecords,
    private readonly grants: EndedGrants,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** The store of one kind of record. */
  of(kind: string): Adapter {
    const now = () => this.clock.now();
    return {
      upsert: (id, payload, expiresIn) => this.put(kind, id, payload, expiresIn),
      find: async (id) => this.opened(await this.records.find(hashOf(kind, id), now())),
      findByUid: async (uid) => this.opened(await this.records.findByUid(hashOf(kind, uid), now())),
      // No device flow, so there are no user codes.
      findByUserCode: () => Promise.resolve(undefined),
      consume: async (id) => {
        if (!(await this.records.consume(hashOf(kind, id), now()))) throw new errors.InvalidGrant('already used');
      },
      destroy: (id) => (kind === GRANT ? this.grants.end(id, endReasonNow()) : this.records.remove(hashOf(kind, id))),
      revokeByGrantId: (grantId) => this.records.dropGrant(grantId, kind),
    };
  }

  private async put(kind: string, id: string, payload: AdapterPayload, expiresIn = 0): Promise<void> {
    const now = this.clock.now();
    const _id = hashOf(kind, id);
    const { uid } = payload;
    const grantId = kind === GRANT ? id : payload.grantId;
    const userId = payload.accountId ?? payload.session?.accountId;
    await this.records.put(
      {
        _id,
        kind,
        sealed: await this.sealer.seal(JSON.stringify(payload), sealedForRecord(_id)),
        ...(uid !== undefined && { uid_hash: hashOf(kind, uid) }),
        ...(grantId !== undefined && { grant_id: grantId }),
        ...(userId !== undefined && { user_id: userId }),
        expires_at: new Date(now.getTime() + expiresIn * 1000),
      },
      now,
    );
  }

  private async opened(record: OAuthRecord | null): Promise<AdapterPayload | undefined> {
    if (record === null) return undefined;
    const payload = JSON.parse(await this.sealer.open(record.sealed, sealedForRecord(record._id))) as AdapterPayload;
    const { consumed_at: consumed } = record;
    return consumed === undefined ? payload : { ...payload, consumed: Math.floor(consumed.getTime() / 1000) };
  }
}
