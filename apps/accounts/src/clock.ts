import { Injectable } from '@nestjs/common';

/** The time, behind a seam, so that what happens after an hour can be tested in milliseconds. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
