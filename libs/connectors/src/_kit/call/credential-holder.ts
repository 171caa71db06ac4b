import { ConnectorError, isConnectorError } from '../connector-error.js';
import type { ConnectorCredentials } from '../port.js';

export type RefreshCredentials = (stale: ConnectorCredentials) => Promise<ConnectorCredentials>;

/** The credentials a connection signs with at this moment; all its calls share one refresh. */
export class CredentialHolder {
  #current: ConnectorCredentials;
  #refreshing: Promise<ConnectorCredentials> | undefined;

  constructor(
    private readonly platform: string,
    initial: ConnectorCredentials,
    private readonly refresh: RefreshCredentials | undefined,
  ) {
    this.#current = initial;
  }

  get current(): ConnectorCredentials {
    return this.#current;
  }

  replace(credentials: ConnectorCredentials): void {
    this.#current = credentials;
  }

  /** Keys do not expire: only tokens are worth a refresh. */
  get canRefresh(): boolean {
    return this.refresh !== undefined && this.#current.access_token !== undefined;
  }

  /**
   * Newer credentials than the ones a vendor refused; somebody else may have got them meanwhile.
   * @throws ConnectorError `auth_invalid` when the connection must be made anew, `auth_expired` when the refresh
   *   itself could not be made
   */
  async refreshed(stale: ConnectorCredentials): Promise<ConnectorCredentials> {
    if (this.#current.access_token !== stale.access_token || this.refresh === undefined) return this.#current;
    this.#refreshing ??= this.refresh(stale).finally(() => {
      this.#refreshing = undefined;
    });
    try {
      this.#current = await this.#refreshing;
      return this.#current;
    } catch (cause) {
      if (isConnectorError(cause)) throw cause;
      const message = 'The access token has expired and could not be refreshed yet';
      throw new ConnectorError({ kind: 'auth_expired', platform: this.platform, message, status: 401, cause });
    }
  }
}
