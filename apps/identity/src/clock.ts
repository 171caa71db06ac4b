import { Injectable } from '@nestjs/common';

/** The time, behind a seam, so that what wears out in weeks can be tested in milliseconds. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
