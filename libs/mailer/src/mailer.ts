/**
 * How a producer sends a mail. Import `MailerModule` in the service's module, inject `Mailer`, and request the mail in
 * the transaction of the change that it tells of:
 *
 *     await this.unitOfWork.run(async (session) => {
 *       await this.invitations.insert(scope, invitation);
 *       await this.mailer.request(session, {
 *         template: 'team_invite',
 *         to: { address: invitation.email },
 *         accountId: scope.accountId,
 *         variables: { inviter_name, account_name, role, token, expires_at: invitation.expiresAt },
 *         usefulUntil: invitation.expiresAt,
 *       });
 *     });
 *
 * Rolled back means never sent; committed means sent once by the notifications service, with retries. Variables are
 * typed by the template (`mailTemplates` in libs/contracts). Give tokens and codes, not links: the template makes the
 * link, and secrets are sealed here before anything is stored.
 */
import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { mailRequested, mailSealScope, mailTemplates, newId } from '#contracts';
import type { MailTemplate, MailTemplateId, MailVariables } from '#contracts';
import { Outbox } from '#persistence';
import { Sealer } from '#sealing';

/** One mail to one recipient. */
export interface MailToSend<Id extends MailTemplateId> {
  template: Id;
  to: { address: string; name?: string };
  /** The account that the mail is about; it can be erased with it. */
  accountId?: string;
  /** The user that the mail goes to, where there is one. */
  userId?: string;
  variables: MailVariables<Id>;
  /** Later than this the mail would only confuse (a code that has expired), so it is dropped. */
  usefulUntil?: Date;
}

/** Mails that go out exactly if the transaction of their request is committed. */
@Injectable()
export class Mailer {
  constructor(
    private readonly outbox: Outbox,
    private readonly sealer: Sealer,
  ) {}

  /**
   * @param session the open transaction, from `UnitOfWork.run`
   * @returns the id of the mail, by which the mail log knows it
   * @throws Error naming the variables that are missing or wrong, never their values; the transaction then fails
   */
  async request<Id extends MailTemplateId>(session: ClientSession, mail: MailToSend<Id>): Promise<string> {
    const template: MailTemplate = mailTemplates[mail.template];
    const mailId = newId('email');
    const checked = checkedVariables(mail.template, template, mail.variables);
    const { variables, sealed } = await this.#sealSecrets(mailId, template, checked);
    const request = {
      mail_id: mailId,
      template: mail.template,
      to: mail.to,
      ...(mail.accountId !== undefined && { account_id: mail.accountId }),
      ...(mail.userId !== undefined && { user_id: mail.userId }),
      variables,
      sealed,
      ...(mail.usefulUntil !== undefined && { useful_until: mail.usefulUntil.toISOString() }),
    };
    return this.outbox.add(session, mailRequested, {
      id: mailId,
      subject: mailId,
      ...(mail.accountId !== undefined && { accountId: mail.accountId }),
      data: request,
    });
  }

  async #sealSecrets(mailId: string, { secrets }: MailTemplate, checked: Record<string, unknown>) {
    const variables: Record<string, unknown> = {};
    const sealed: Record<string, string> = {};
    for (const [name, value] of Object.entries(checked)) {
      if (!secrets.includes(name)) variables[name] = value;
      else if (typeof value === 'string') sealed[name] = await this.sealer.seal(value, mailSealScope(mailId));
    }
    return { variables, sealed };
  }
}

function checkedVariables(id: string, template: MailTemplate, variables: unknown): Record<string, unknown> {
  const result = template.variables.safeParse(variables);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The mail ${id} cannot be written: ${faults.join('; ')}`);
}
