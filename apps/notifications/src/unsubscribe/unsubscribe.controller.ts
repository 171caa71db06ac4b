import { Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '#auth';
import { Api, Raw } from '#service-defaults';
import { escapeHtml, htmlPage } from '../html-page.js';
import { Suppressions } from '../persistence/suppressions.repository.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

const Link = z.object({ token: z.string().min(1).max(2_000).describe('From the link in the mail') });
const TAGS = ['emails'];
const INVALID = (): ReturnType<typeof htmlPage> =>
  htmlPage('This link does not work', '<p>It is incomplete. Please open it from the mail again.</p>', 404);

/** Where the unsubscribe links of mails lead, for people and for mail programs (RFC 8058). */
@Controller('emails/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly suppressions: Suppressions,
  ) {}

  /** Asks first: programs that check links must not unsubscribe anybody. */
  @Get()
  @Public()
  @Raw()
  @Api({
    summary: 'A page that ends optional mail to an address',
    answer: z.string(),
    contentType: 'text/html',
    otherStatuses: [404],
    tags: TAGS,
  })
  async ask(@Query({ schema: Link }) { token }: z.infer<typeof Link>) {
    const address = await this.links.addressOf(token);
    if (address === undefined) return INVALID();
    return htmlPage(
      'Unsubscribe',
      `<p>Reports and summaries will no longer be sent to <strong>${escapeHtml(address)}</strong>. ` +
        'Mail about your account and its safety still is.</p>' +
        `<form method="post" action="/emails/unsubscribe?token=${escapeHtml(encodeURIComponent(token))}">` +
        '<button type="submit">Unsubscribe</button></form>',
    );
  }

  @Post()
  @Public()
  @Raw()
  @Api({
    summary: 'End optional mail to an address',
    bodies: ['form', 'file'],
    answer: z.string(),
    contentType: 'text/html',
    otherStatuses: [404],
    tags: TAGS,
  })
  async end(@Query({ schema: Link }) { token }: z.infer<typeof Link>) {
    const address = await this.links.addressOf(token);
    if (address === undefined) return INVALID();
    await this.suppressions.add(address, 'unsubscribe');
    return htmlPage('You are unsubscribed', `<p>${escapeHtml(address)} gets no more reports and summaries.</p>`);
  }
}
