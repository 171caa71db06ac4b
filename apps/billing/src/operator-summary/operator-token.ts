import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { BillingSettings } from '../settings.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets operators in by the one secret that they share with this service. */
@Injectable()
export class OperatorToken {
  constructor(private readonly settings: BillingSettings) {}

  /** @throws Problem 401 `auth.unauthorized` */
  check(authorization: string | undefined): void {
    const expected = this.settings.operatorToken;
    const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (expected !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(expected))) return;
    const text = 'Send the operator token that is set as MFH_OPERATOR_TOKEN as bearer token';
    throw new Problem(401, 'auth.unauthorized', text, { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
}
