import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ipGeolocation, type HelperHttp, type IpGeolocation, type IpLocation, type RunClock } from '#helpers';
import { loadConfig } from '#service-defaults';

export const LocationLookupConfig = z.object({
  MFH_IP_LOOKUP_KEY: z
    .string()
    .optional()
    .describe('Key at ip-api.com for locations of IP addresses; without one GeoJS is asked, which needs none'),
});

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_ADDRESSES = 20_000;

interface KnownLocation {
  location: IpLocation;
  untilMs: number;
}

/** Locations of IP addresses, each asked for at most once a day by this process. */
@Injectable()
export class LocationLookup {
  private readonly key = loadConfig(LocationLookupConfig).MFH_IP_LOOKUP_KEY;
  private readonly known = new Map<string, KnownLocation>();

  forRun(http: HelperHttp, clock: RunClock): IpGeolocation {
    const service = ipGeolocation(http, clock, this.key);
    return {
      locate: async (address) => {
        const now = clock.now().getTime();
        const known = this.known.get(address.trim());
        if (known !== undefined && known.untilMs > now) return known.location;
        const location = await service.locate(address);
        this.keep(address.trim(), { location, untilMs: now + DAY_MS });
        return location;
      },
    };
  }

  /** The oldest entries make room. */
  private keep(address: string, location: KnownLocation): void {
    this.known.delete(address);
    this.known.set(address, location);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_ADDRESSES && oldest !== undefined) this.known.delete(oldest);
  }
}
