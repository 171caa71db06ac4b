import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectRoot } from '#testing';
import type { Vendor } from '../corrections/correction.js';
import { DOCUMENT_CORRECTIONS } from '../document-corrections.js';
import type { VendorDocument } from '../contract-subject.js';
import type { Exchange } from './exchange.js';
import { OpenApiDocument } from './openapi-document.js';

/** Where the vendors' documents lie beside the project; they are not part of it. */
export const DOCUMENTS_FOLDER = resolve(projectRoot(), '..', 'shared', 'openapi');

export function documentsAreThere(): boolean {
  return existsSync(DOCUMENTS_FOLDER);
}

/** All documents of a vendor with their corrections. */
export class DocumentSet {
  readonly #documents: { below: string; document: OpenApiDocument }[];

  constructor(vendor: Vendor, files: readonly VendorDocument[]) {
    const corrections = DOCUMENT_CORRECTIONS[vendor];
    for (const { file, where } of corrections) {
      if (!files.some((document) => document.file === file)) throw new Error(`${where} corrects no document in use`);
    }
    this.#documents = files.map(({ file, below }) => ({
      below,
      document: new OpenApiDocument(
        JSON.parse(readFileSync(resolve(DOCUMENTS_FOLDER, file), 'utf8')),
        corrections.filter((correction) => correction.file === file),
      ),
    }));
  }

  /** Everything in which an exchange differs from the documents; empty when nothing does. */
  problemsOf(exchange: Exchange): string[] {
    for (const { below, document } of this.#documents) {
      if (!exchange.path.startsWith(`${below}/`)) continue;
      const problems = document.problemsOf(exchange, exchange.path.slice(below.length));
      if (problems !== undefined) return problems;
    }
    return [`${exchange.method} ${exchange.path.split('?')[0] ?? ''} is in none of the documents`];
  }
}
