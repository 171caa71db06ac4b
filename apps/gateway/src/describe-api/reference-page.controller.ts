import { Controller, Get, Param } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { Public } from '#auth';
import { Problem } from '#contracts';
import { Answer, answerWith, Api, Raw } from '#service-defaults';

const require = createRequire(import.meta.url);
const TAGS = ['documentation'];

/** Scripts, styles and data of this page come from this host; styles may stand in elements because its library writes them there. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>MyFusion Helper API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
`;

type File = { type: string; read: () => Promise<string> };
const fromPackage =
  (path: string): File['read'] =>
  () =>
    readFile(path, 'utf8');
const SCRIPT = require.resolve('swagger-ui-dist/swagger-ui-bundle.js');
const STYLES = require.resolve('swagger-ui-dist/swagger-ui.css');

const FILES: ReadonlyMap<string, File> = new Map([
  ['start.js', { type: 'text/javascript; charset=utf-8', read: () => Promise.resolve(START) }],
  ['swagger-ui-bundle.js', { type: 'text/javascript; charset=utf-8', read: fromPackage(SCRIPT) }],
  ['swagger-ui.css', { type: 'text/css; charset=utf-8', read: fromPackage(STYLES) }],
]);

/** The API reference for people, served whole from here: it works without any other host. */
@Controller('docs')
export class ReferencePageController {
  private readonly texts = new Map<string, Promise<string>>();

  @Get()
  @Public()
  @Raw()
  @Api({ summary: 'The API reference as a page', answer: z.string(), contentType: 'text/html', tags: TAGS })
  page(): Answer<string> {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'public, max-age=60',
    };
    return answerWith(PAGE, { headers });
  }

  @Get(':file')
  @Public()
  @Raw()
  @Api({ summary: 'A script or style of the API reference', answer: z.string(), contentType: 'text/*', tags: TAGS })
  async file(@Param('file') name: string): Promise<Answer<string>> {
    const file = FILES.get(name);
    if (file === undefined) throw new Problem(404, 'resource.not_found', 'Not found');
    const text = this.texts.get(name) ?? file.read();
    this.texts.set(name, text);
    return answerWith(await text, { headers: { 'content-type': file.type, 'cache-control': 'public, max-age=3600' } });
  }
}
