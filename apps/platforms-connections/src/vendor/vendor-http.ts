import type { HttpRequester } from '#http';

/** The client that asks vendors' own addresses, as their platform records name them: token endpoints, user info. */
export type VendorHttp = HttpRequester;
export const VENDOR_HTTP = Symbol('VENDOR_HTTP');
