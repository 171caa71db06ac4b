/** Option that every helper accepts beside those of its type: slug of a service to id of the account's connection. */
export const SERVICE_CONNECTIONS_OPTION = 'service_connection_ids';

/** What calls to a service are signed with. Which of them are there depends on the service. */
export interface ServiceCredentials {
  accessToken?: string;
  apiKey?: string;
  apiSecret?: string;
  /** Where the account's part of the service answers; absent: the service's usual address. */
  baseUrl?: string;
  /** The service's own id of the account. */
  accountId?: string;
}

/** The service connections (Zoom, Dropbox, ...) of the helper that runs. */
export interface ServiceConnections {
  /**
   * @param slug the platform's slug
   * @param connectionId used when `service_connection_ids` names none for the slug
   * @throws HelperFailure `service_not_connected` (give up) when there is none, when it belongs to somebody else or
   * must be reconnected; `credentials_unavailable` (retry)
   */
  connection(slug: string, connectionId?: string): Promise<ServiceCredentials>;
  /**
   * After the service refused the credentials that `connection` gave: newer ones.
   * @returns null when there are none to be had without the account's owner
   */
  renewed(slug: string): Promise<ServiceCredentials | null>;
}
