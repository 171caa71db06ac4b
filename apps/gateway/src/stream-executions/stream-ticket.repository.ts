import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { scopeOf, type AccountScope } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';
import { Sealer } from '#sealing';

interface StreamTicket extends TenantEntity {
  sealed_token: string;
  expires_at: Date;
}

export const TICKET_LIFETIME_S = 60;

export const streamTicketsCollection = defineCollection<StreamTicket>({
  name: 'stream_tickets',
  domain: 'auth',
  title: 'Ticket',
  erasure: erasedByAccount,
  fields: { sealed_token: String, expires_at: Date },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');

/** Tickets for browsers' EventSource, which cannot send headers: one minute, one use, stored as a hash. */
@Injectable()
export class StreamTickets extends TenantRepository<StreamTicket> {
  constructor(
    database: Database,
    private readonly sealer: Sealer,
  ) {
    super(database, streamTicketsCollection);
  }

  async issue(scope: AccountScope, token: string): Promise<string> {
    const ticket = randomBytes(32).toString('base64url');
    await this.insert(scope, {
      _id: hashOf(ticket),
      sealed_token: await this.sealer.seal(token, scope.accountId),
      expires_at: new Date(Date.now() + TICKET_LIFETIME_S * 1000),
    });
    return ticket;
  }

  /** The token a ticket stands for; undefined for one that is unknown, used or too old. */
  async redeem(ticket: string): Promise<string | undefined> {
    const found = await this.system('a ticket names its account').findOneAndDelete({ _id: hashOf(ticket) });
    if (found === null || found.expires_at < new Date()) return undefined;
    return this.sealer.open(found.sealed_token, scopeOf(found.account_id).accountId);
  }
}
