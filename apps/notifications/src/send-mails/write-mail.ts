import { Injectable } from '@nestjs/common';
import { mailSealScope, mailTemplates } from '#contracts';
import { renderMail } from '#mail-templates';
import { Sealer } from '#sealing';
import { Clock } from '../clock.js';
import type { EmailLog } from '../persistence/email-log.collection.js';
import { NotificationsSettings } from '../settings.js';
import type { OutgoingMail } from '../transports/mail-transport.js';
import { UnsubscribeLinks } from '../unsubscribe/unsubscribe-links.js';

export const PRODUCT_NAME = 'MyFusion Helper';

/** Makes the mail of a request. Secrets are opened here, and nothing that holds them is stored. */
@Injectable()
export class WriteMail {
  constructor(
    private readonly sealer: Sealer,
    private readonly links: UnsubscribeLinks,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws SealBroken, or ZodError when the variables are not what the template needs */
  async write(email: EmailLog): Promise<OutgoingMail> {
    const variables: Record<string, unknown> = { ...email.variables };
    for (const [name, sealed] of Object.entries(email.sealed ?? {})) {
      variables[name] = await this.sealer.open(sealed, mailSealScope(email._id));
    }
    const { category } = mailTemplates[email.template_id];
    const unsubscribeUrl = category === 'optional' ? await this.links.urlFor(email.recipient_email) : undefined;
    const { appUrl, helpUrl, supportAddress, from, replyTo } = this.settings;
    const rendered = renderMail(email.template_id, variables, {
      productName: PRODUCT_NAME,
      appUrl,
      helpUrl,
      supportAddress,
      recipient: email.recipient_email,
      now: this.clock.now(),
      ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
    });
    return {
      ...rendered,
      id: email._id,
      to: {
        address: email.recipient_email,
        ...(email.recipient_name !== undefined && { name: email.recipient_name }),
      },
      from,
      templateId: email.template_id,
      ...(replyTo !== undefined && { replyTo }),
      ...(email.account_id !== undefined && { accountId: email.account_id }),
      ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
    };
  }
}
