import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { asyncApiDocument } from '#api-docs';
import { Public } from '#auth';
import { Answer, answerWith, Api, Raw } from '#service-defaults';
import { API_VERSION, ApiDocument } from './api-document.js';

const Document = z.record(z.string(), z.unknown());
type Document = z.infer<typeof Document>;
const FOR_A_WHILE = { 'cache-control': 'public, max-age=5' };
const TAGS = ['documentation'];

/** What the product's interfaces are, for programs. */
@Controller()
export class DescribeApiController {
  private readonly asyncApi = asyncApiDocument(API_VERSION);

  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Public()
  @Raw()
  @Api({ summary: 'The HTTP API as an OpenAPI 3.1 document', answer: Document, tags: TAGS })
  async openApi(): Promise<Answer<Document>> {
    return answerWith({ ...(await this.document.current()) }, { headers: FOR_A_WHILE });
  }

  @Get('asyncapi.json')
  @Public()
  @Raw()
  @Api({ summary: 'Events and questions between services as an AsyncAPI 3 document', answer: Document, tags: TAGS })
  events(): Answer<Document> {
    return answerWith(this.asyncApi, { headers: FOR_A_WHILE });
  }
}
