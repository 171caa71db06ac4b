import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { mailSealScope, subjects, type CloudEvent, type MailRequest, type MailTemplateId } from '#contracts';
import { NATS_CONNECTION } from '#messaging';
import { Sealer } from '#sealing';
import { waitFor } from '#testing';
import type { Client } from './identity-under-test.js';

/** Reads the mails that a suite's identity asked for, with their secrets. */
export class Mailbox {
  constructor(private readonly identity: Client) {}

  /** Waits for so many mails of a template to an address. @returns their variables, oldest first */
  async wait(template: MailTemplateId, address: string, count = 1): Promise<Record<string, string>[]> {
    const mails = await waitFor(async () => {
      const found = await this.all(template, address);
      return found.length >= count && found;
    });
    return Promise.all(mails.map((mail) => this.variables(mail)));
  }

  /** The mails of a template to an address until now. */
  async all(template: MailTemplateId, address: string): Promise<MailRequest[]> {
    const manager = await jetstreamManager(this.identity.running.app.get<NatsConnection>(NATS_CONNECTION));
    const stream = subjects.stream('NOTIFY');
    const { state } = await manager.streams.info(stream);
    const found: MailRequest[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (message) found.push(message.json<CloudEvent<MailRequest>>().data);
    }
    return found.filter((mail) => mail.template === template && mail.to.address === address);
  }

  private async variables({ mail_id, variables, sealed }: MailRequest): Promise<Record<string, string>> {
    const sealer = this.identity.running.app.get(Sealer);
    const opened = await Promise.all(
      Object.entries(sealed).map(async ([name, text]) => [name, await sealer.open(text, mailSealScope(mail_id))]),
    );
    return { ...variables, ...Object.fromEntries(opened) } as Record<string, string>;
  }
}
