import { Secret, TOTP } from 'otpauth';
import { Clock } from '../clock.js';
import type { Client } from './identity-under-test.js';

const STEP_MS = 30_000;

/** Lets a suite's identity live at a time that only the suite moves, so that no code runs out on a slow machine. */
export class StoppedClock {
  #now = Math.floor(Date.now() / STEP_MS) * STEP_MS;

  constructor(identity: Client) {
    identity.running.app.get(Clock).now = () => new Date(this.#now);
  }

  get now(): number {
    return this.#now;
  }

  /** Time goes on until codes are other ones. */
  step(count = 1): void {
    this.#now += count * STEP_MS;
  }
}

/** The app of a person who scanned a secret. */
export class AuthenticatorApp {
  readonly #totp: TOTP;

  constructor(
    secret: string,
    private readonly clock: StoppedClock,
  ) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** @param steps how far the clock of the person's device is off */
  code(steps = 0): string {
    return this.#totp.generate({ timestamp: this.clock.now + steps * STEP_MS });
  }

  /** A code that belongs to no step near the present one. */
  wrongCode(): string {
    const near = new Set([-2, -1, 0, 1, 2].map((steps) => this.code(steps)));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.has(code)) ?? '';
  }
}
