import { Body, Controller, Get, Headers, Ip, Param, Post, Query } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Public } from '#auth';
import { isProblem, Problem, scopeOf } from '#contracts';
import { belongsTo, objectKey } from '#object-store';
import { Answer, answerWith, Api, Envelope, Raw } from '#service-defaults';
import { RoomForFiles } from '../keep-files/room-for-files.js';
import { consentPage } from './consent-page.js';
import { messagePage } from './html-page.js';
import { OpenLinks, readClaims, type CheckedLink } from './open-links.js';
import { HelperClaims, RunHostedHelper } from './run-hosted-helper.js';
import { AccountObjects } from './account-objects.js';
import { accepted, MOST_UPLOAD_BYTES, refuseWithoutRoom } from './upload/accepted-file.js';
import { readUpload } from './upload/read-upload.js';
import { uploadPage } from './upload/upload-page.js';
import { VideoClaims, videoPage } from './video/video-page.js';

const EVENTS_PER_MINUTE = 60;
const FILES_PER_MINUTE = 10;
const TAGS = ['hosted pages'];
const ERRORS = ['links.not_found', 'links.expired', 'generic.rate_limited'];

const Token = z.string().min(1);
const RedirectClaims = z.object({ url: z.url({ protocol: /^https?$/ }) });
const UploadClaims = z.object({ title: z.string().default('') });
const ConsentClaims = z.object({ page: z.literal('opt_in'), request: z.string(), email: z.string().default('') });
const AttachmentClaims = z.object({ account_id: z.string(), key: z.string(), name: z.string().optional() });

/** How far a video was watched. Players and webhooks may say more; it is handed on. */
const VideoEvent = z.looseObject({
  event_type: z.string().max(100).optional(),
  percent: z.number().min(0).max(100).optional(),
  watch_duration: z.number().min(0).max(1_000_000).optional(),
});
const PageEvent = z.unknown().transform((body) => body ?? {});
/** Bytes; the parser has no more to say about them. */
const UploadBody = z.unknown();
const PageQuery = z.object({ done: z.string().max(10).optional() });
const FileQuery = z.object({ name: z.string().max(300).optional() });

const Received = z.object({ status: z.literal('accepted') });
const RECEIVED = { status: 'accepted' as const };

/** A form without a script leads to a page, everything else gets data. */
const received = (token: string, accept: string | undefined) =>
  answerWith(RECEIVED, wantsPage(accept) ? { status: 303, headers: { location: `/t/${token}?done=1` } } : {});

const eventsPath = (token: string): string => `/t/${token}/events`;
const filesPath = (token: string): string => `/t/${token}/files`;
const wantsPage = (accept = ''): boolean => accept.includes('text/html');

/** Pages, redirects and files behind signed links, for people who are not signed in. */
@Controller('t')
export class HostedPagesController {
  constructor(
    private readonly links: OpenLinks,
    private readonly helpers: RunHostedHelper,
    private readonly objects: AccountObjects,
    private readonly room: RoomForFiles,
  ) {}

  @Get(':token')
  @Public()
  @Raw()
  @Api({
    summary: 'The page of a signed link',
    answer: z.unknown(),
    contentType: 'text/html',
    errors: ERRORS,
    tags: TAGS,
  })
  async page(
    @Param('token', { schema: Token }) token: string,
    @Query({ schema: PageQuery }) { done }: z.infer<typeof PageQuery>,
    @Headers('accept') accept?: string,
  ) {
    return forPeople(accept, async () => {
      const link = await this.links.open(token, ['page', 'video', 'upload', 'attachment']);
      if (done !== undefined) return messagePage('Thank you', 'That is all.');
      switch (link.kind) {
        case 'video':
          return videoPage(readClaims(VideoClaims, link), eventsPath(token));
        case 'upload':
          return uploadPage(readClaims(UploadClaims, link).title, filesPath(token));
        case 'attachment':
          return this.attachment(link);
        default:
          return consentPage(readClaims(ConsentClaims, link).email, eventsPath(token));
      }
    });
  }

  @Get(':token/go')
  @Public()
  @Raw()
  @Api({ summary: 'Follow a signed link to its target', answer: z.unknown(), status: 302, errors: ERRORS, tags: TAGS })
  async follow(@Param('token', { schema: Token }) token: string, @Headers('accept') accept?: string) {
    return forPeople(accept, async () => {
      const { url } = readClaims(RedirectClaims, await this.links.open(token, ['redirect']));
      return answerWith('', { status: 302, headers: { location: new URL(url).href } });
    });
  }

  @Post(':token/events')
  @Public()
  @Envelope('Event received')
  @Api({
    summary: 'Report what somebody did on a page',
    answer: Received,
    status: 202,
    otherStatuses: [303],
    bodies: ['form'],
    errors: ERRORS,
    tags: TAGS,
  })
  async event(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: PageEvent }) body: unknown,
    @Ip() address: string,
    @Headers('accept') accept?: string,
  ) {
    const link = await this.links.open(token, ['page', 'video']);
    await this.links.use(link, 'events', EVENTS_PER_MINUTE);
    if (link.kind === 'video') await this.watched(link, body);
    else await this.confirmed(link, address);
    return received(token, accept);
  }

  @Post(':token/files')
  @Public()
  @Envelope('File received')
  @Api({
    summary: 'Hand in a file',
    answer: Received,
    status: 202,
    otherStatuses: [303],
    bodies: ['file', 'form'],
    bodyLimit: MOST_UPLOAD_BYTES,
    errors: [...ERRORS, 'links.file_refused', 'request.body_too_large'],
    tags: TAGS,
  })
  async file(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: UploadBody }) body: unknown,
    @Query({ schema: FileQuery }) { name }: z.infer<typeof FileQuery>,
    @Headers('content-type') contentType?: string,
    @Headers('accept') accept?: string,
  ) {
    const link = await this.links.open(token, ['upload']);
    const claims = readClaims(HelperClaims, link);
    await this.links.use(link, 'files', FILES_PER_MINUTE);
    const file = accepted(await readUpload(body, contentType, name));
    const content = createHash('sha256').update(file.bytes).digest('hex');
    const key = objectKey(claims.account_id, `upload-${link.digest}-${content.slice(0, 16)}`, file.name);
    await this.room.take(scopeOf(claims.account_id), key, file.bytes.length).catch(refuseWithoutRoom);
    await this.objects.put(key, file);
    const input = {
      file_key: key,
      file_name: file.name,
      content_type: file.contentType,
      file_size: file.bytes.length,
    };
    await this.helpers.run(claims, input, `upload:${link.digest}:${content.slice(0, 32)}`);
    return received(token, accept);
  }

  private async watched(link: CheckedLink, body: unknown): Promise<void> {
    const event = VideoEvent.safeParse(body);
    if (!event.success) throw new Problem(400, 'request.invalid_body', 'Say how far the video was watched, in percent');
    const { video_id: video } = readClaims(VideoClaims, link);
    const { percent, event_type: type = '' } = event.data;
    const input = { ...event.data, video_id: video };
    await this.helpers.run(readClaims(HelperClaims, link), input, `video:${link.digest}:${type}:${percent ?? ''}`);
  }

  private async confirmed(link: CheckedLink, address: string): Promise<void> {
    const { request } = readClaims(ConsentClaims, link);
    const confirmation = { request, confirmed_at: new Date().toISOString(), source: address };
    await this.helpers.run(
      readClaims(HelperClaims, link),
      { opt_in_confirmation: confirmation },
      `opt-in:${link.digest}`,
    );
  }

  private async attachment(link: CheckedLink): Promise<Answer<unknown>> {
    const { account_id: account, key, name: called } = readClaims(AttachmentClaims, link);
    const file = belongsTo(key, account) ? await this.objects.get(key) : null;
    if (file === null) throw new Problem(404, 'links.not_found', 'There is no such file any more');
    const name = encodeURIComponent(called ?? file.name).replaceAll("'", '%27');
    return answerWith(Buffer.from(file.bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
      },
    });
  }
}

/** People see a page instead of a problem in JSON. */
async function forPeople(accept: string | undefined, work: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  try {
    return await work();
  } catch (error) {
    if (!wantsPage(accept) || !isProblem(error) || error.status >= 500) throw error;
    return messagePage(error.status === 410 ? 'Expired' : 'Not available', `${error.message}.`, error.status);
  }
}
