/** Where an address is; what is not known is the empty text or null. */
export interface IpLocation {
  country: string;
  /** ISO 3166, upper case. */
  countryCode: string;
  /** Full name, such as California. */
  region: string;
  city: string;
  zip: string;
  latitude: number | null;
  longitude: number | null;
  /** IANA zone. */
  timezone: string;
  isp: string;
}

/** Tells where an IP address is. */
export interface IpGeolocation {
  /** @throws HelperFailure `invalid_ip_address` without asking anybody, `lookup_failed` */
  locate(address: string): Promise<IpLocation>;
}

/** A service that is asked by one GET. */
export interface LookupProvider {
  url(address: string): string;
  /** @returns null when the service does not know. @throws SyntaxError when it answers nonsense */
  read(answer: string): IpLocation | null;
}
