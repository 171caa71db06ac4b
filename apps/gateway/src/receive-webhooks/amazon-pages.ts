import { X509Certificate, type KeyObject } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { unavailable } from '#contracts';
import { HttpClient } from '#http';
import type { Amazon } from './vendors/ses.receiver.js';

const LARGEST_PAGE = 64 * 1024;
const TIMEOUT_MS = 1_500;

/** Certificates and confirmations of Amazon SNS. @throws Problem 503 when Amazon does not answer: it delivers again then */
@Injectable()
export class AmazonPages implements Amazon, OnApplicationShutdown {
  private readonly http = new HttpClient({ timeoutMs: TIMEOUT_MS, maxResponseBytes: LARGEST_PAGE });
  /** A certificate stays at its address; there are a few a year. */
  private readonly keys = new Map<string, KeyObject>();

  async keyAt(url: string): Promise<KeyObject> {
    const known = this.keys.get(url);
    if (known !== undefined) return known;
    const key = new X509Certificate(await this.read(url)).publicKey;
    this.keys.set(url, key);
    return key;
  }

  async visit(url: string): Promise<void> {
    await this.read(url);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  private async read(url: string): Promise<string> {
    const answer = await this.http.request({ method: 'GET', url }).catch((error: unknown) => {
      throw unavailable('Amazon', error);
    });
    if (answer.status !== 200) throw unavailable('Amazon');
    return answer.text();
  }
}
