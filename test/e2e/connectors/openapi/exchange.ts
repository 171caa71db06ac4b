/** One exchange with a vendor as it went over the wire. */
export interface Exchange {
  method: string;
  /** Below the demo CRM's address, with the query. */
  path: string;
  /** Names in lower case. */
  requestHeaders: Readonly<Record<string, string>>;
  /** A form's members, where the body is one. */
  requestForm?: Readonly<Record<string, string>>;
  requestBody: unknown;
  status: number;
  contentType: string;
  /** Parsed where it is JSON, else the text; undefined where there is none. */
  responseBody: unknown;
  /** The answer was planned by the test and is none of the vendor's. */
  planned: boolean;
}
