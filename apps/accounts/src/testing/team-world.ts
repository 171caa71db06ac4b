import { environment } from './environment.js';
import { neighbourhood, NeighboursModule, tokenFor } from './neighbours.js';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  CloudEvent,
  MailRequest,
  mailSealScope,
  newId,
  questions,
  scopeOf,
  subjects,
  type MailTemplateId,
  type Role,
} from '#contracts';
import { NATS_CONNECTION, Questions, type NatsConnection } from '#messaging';
import { Sealer } from '#sealing';
import { startService, type RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { Memberships } from '../persistence/memberships.repository.js';
import { service } from '../service.js';

export interface Reply {
  status: number;
  body: Record<string, unknown> & { code?: string; data?: Record<string, unknown> };
}

export interface Member {
  userId: string;
  accountId: string;
  email: string;
  token: string;
}

/** accounts with neighbours that answer, and what a suite about teams does with it. */
export class TeamWorld {
  private constructor(readonly running: RunningService) {}

  static async start(): Promise<TeamWorld> {
    return new TeamWorld(await startService(service, { port: 0, host: '127.0.0.1', imports: [NeighboursModule] }));
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await environment.dispose();
  }

  async newOwner(name = 'Owner'): Promise<Member> {
    const [userId, accountId] = [newId('user'), newId('account')];
    const email = `${userId.slice(-8)}@example.test`;
    neighbourhood.users.set(userId, { email, name });
    const wish = { account_id: accountId, user_id: userId, name: `${name} Ltd`, company: '' };
    await this.running.app.get(Questions).ask(questions.createAccount, wish);
    return { userId, accountId, email, token: await tokenFor(userId, accountId) };
  }

  /** Somebody with an account of their own who is a member of another one, too. */
  async memberOf(accountId: string, role: Role): Promise<Member> {
    const somebody = await this.newOwner(role);
    await this.running.app.get(Memberships).add(scopeOf(accountId), somebody.userId, role, new Date());
    return somebody;
  }

  async call(method: string, path: string, token?: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.running.url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  }

  /** Mails to an address, the oldest first, with what was sealed in them. */
  async mailsTo(address: string, template: MailTemplateId, count: number): Promise<Record<string, unknown>[]> {
    return waitFor(
      async () => {
        const all = await this.mails();
        const found = all.filter(({ to, template: id }) => to.address === address && id === template);
        return found.length >= count && Promise.all(found.map((mail) => this.opened(mail)));
      },
      { what: `${count} mails ${template} to ${address}` },
    );
  }

  /** The token of the last invitation to an address. */
  async tokenFor(email: string, count = 1): Promise<string> {
    const mails = await this.mailsTo(email, 'team_invite', count);
    return String(mails.at(-1)?.['token']);
  }

  /** Types of the events about an account that have been published so far, in order. */
  async eventsOf(accountId: string): Promise<string[]> {
    const messages = await this.stored('EVENTS');
    return messages.filter((event) => event.accountid === accountId).map(({ type }) => type);
  }

  private async opened({ mail_id, variables, sealed }: MailRequest): Promise<Record<string, unknown>> {
    const sealer = this.running.app.get(Sealer);
    const secrets = Object.entries(sealed).map(
      async ([name, text]) => [name, await sealer.open(text, mailSealScope(mail_id))] as const,
    );
    return { ...variables, ...Object.fromEntries(await Promise.all(secrets)) };
  }

  private async mails(): Promise<MailRequest[]> {
    return (await this.stored('NOTIFY')).map(({ data }) => MailRequest.parse(data));
  }

  private async stored(name: 'EVENTS' | 'NOTIFY'): Promise<CloudEvent[]> {
    const manager = await jetstreamManager(this.running.app.get<NatsConnection>(NATS_CONNECTION));
    const stream = subjects.stream(name);
    const { state } = await manager.streams.info(stream);
    const found: CloudEvent[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (message) found.push(CloudEvent.parse(message.json()));
    }
    return found;
  }
}
