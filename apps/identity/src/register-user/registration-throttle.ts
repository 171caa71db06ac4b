import { Injectable } from '@nestjs/common';
import { isProblem } from '#contracts';
import type { Caller } from '../caller.js';
import { networkOf } from '../domain/network-of.js';
import { Throttle, type GiveBack } from '../throttling/throttle.js';

const TOO_MANY = 'Too many registrations from this address, try again later';

/** Keeps one place from registering many people. */
@Injectable()
export class RegistrationThrottle {
  constructor(private readonly throttle: Throttle) {}

  /** @throws Problem 429 when there were too many from this place; what `register` throws */
  async count<Registered>(caller: Caller, register: () => Promise<Registered>): Promise<Registered> {
    const giveBack = await this.admit(caller);
    try {
      return await register();
    } catch (error) {
      // Our own failure is not a registration; an address that is taken is: asking for many would find out who is here.
      if (!isProblem(error) || error.status >= 500) await giveBack();
      throw error;
    }
  }

  private async admit({ ip }: Caller): Promise<GiveBack> {
    const givesBack = [
      await this.throttle.take({ limit: 'registerPerIp', of: ip, text: TOO_MANY }),
      await this.throttle.take({ limit: 'registerPerNetwork', of: networkOf(ip), text: TOO_MANY }),
    ];
    return async () => {
      await Promise.all(givesBack.map((giveBack) => giveBack()));
    };
  }
}
