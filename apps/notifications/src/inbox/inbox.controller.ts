import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { Problem } from '#contracts';
import { Api, Raw } from '#service-defaults';
import { escapeHtml, htmlAnswer, htmlPage } from '../html-page.js';
import type { CapturedMail } from '../persistence/captured-mail.collection.js';
import { CapturedMails } from '../persistence/captured-mails.repository.js';
import { NotificationsSettings } from '../settings.js';

const SHOWN = 100;
const TAGS = ['inbox'];
const ERRORS = ['resource.not_found'];
const Filter = z.object({ to: z.string().max(320).optional().describe('Only mails to this address') });
const MailId = z.string().max(64).describe('Id of a mail');

const Message = z.object({
  id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  template_id: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
  created_at: z.iso.datetime(),
});

/** The mails that were caught instead of sent: for trying things out. Where mail is really sent, there is no such place. */
@Controller('_inbox')
export class InboxController {
  constructor(
    private readonly mails: CapturedMails,
    private readonly settings: NotificationsSettings,
  ) {}

  @Get()
  @Public()
  @Raw()
  @Api({
    summary: 'The local inbox as a page (not in production)',
    answer: z.string(),
    contentType: 'text/html',
    errors: ERRORS,
    tags: TAGS,
  })
  async page(@Query({ schema: Filter }) { to }: z.infer<typeof Filter>) {
    this.#onlyHere();
    const rows = (await this.mails.latest(SHOWN, to)).map(
      (mail) =>
        `<tr><td>${mail.created_at.toISOString()}</td><td>${escapeHtml(mail.to)}</td>` +
        `<td><a href="/_inbox/${encodeURIComponent(mail._id)}">${escapeHtml(mail.subject)}</a></td></tr>`,
    );
    const list =
      rows.length === 0
        ? '<p>No mail yet. Register, invite somebody or reset a password; reload this page then.</p>'
        : `<table><tr><th>Time</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table>`;
    return htmlPage('Local inbox', `<p>Mail is caught here instead of being sent.</p>${list}`);
  }

  @Get('messages')
  @Public()
  @Raw()
  @Api({
    summary: 'The newest mails of the local inbox (not in production)',
    answer: z.object({ messages: z.array(Message) }),
    errors: ERRORS,
    tags: TAGS,
  })
  async messages(@Query({ schema: Filter }) { to }: z.infer<typeof Filter>) {
    this.#onlyHere();
    return { messages: (await this.mails.latest(SHOWN, to)).map(messageOf) };
  }

  @Get(':id')
  @Public()
  @Raw()
  @Api({
    summary: 'One mail of the local inbox as a page (not in production)',
    answer: z.string(),
    contentType: 'text/html',
    errors: ERRORS,
    tags: TAGS,
  })
  async mail(@Param('id', { schema: MailId }) id: string) {
    const mail = await this.#find(id);
    return htmlPage(
      mail.subject,
      `<p><a href="/_inbox">Inbox</a> &middot; <a href="/_inbox/${encodeURIComponent(mail._id)}/html">As HTML</a></p>` +
        `<p>To ${escapeHtml(mail.to)}<br />From ${escapeHtml(mail.from)}<br />${mail.created_at.toISOString()}</p>` +
        `<pre>${linked(mail.text)}</pre>`,
    );
  }

  @Get(':id/html')
  @Public()
  @Raw()
  @Api({
    summary: 'The HTML of a mail of the local inbox (not in production)',
    answer: z.string(),
    contentType: 'text/html',
    errors: ERRORS,
    tags: TAGS,
  })
  async html(@Param('id', { schema: MailId }) id: string) {
    const policy =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation";
    return htmlAnswer((await this.#find(id)).html, policy);
  }

  async #find(id: string): Promise<CapturedMail> {
    this.#onlyHere();
    const mail = await this.mails.find(id);
    if (mail === null) throw new Problem(404, 'resource.not_found', 'There is no such mail in the inbox');
    return mail;
  }

  #onlyHere(): void {
    if (this.settings.transport !== 'capture') throw new Problem(404, 'resource.not_found', 'Not found');
  }
}

const messageOf = ({ _id, to, from, subject, template_id, text, html, headers, created_at }: CapturedMail) => ({
  id: _id,
  to,
  from,
  subject,
  template_id,
  text,
  html,
  headers: z.record(z.string(), z.string()).parse(JSON.parse(headers)),
  created_at: created_at.toISOString(),
});

/** Addresses in the text become links; everything else is text. */
const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
