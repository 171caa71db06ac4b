import { Injectable } from '@nestjs/common';

/** The time, behind a seam: tokens wear out faster in tests than on the wall. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
