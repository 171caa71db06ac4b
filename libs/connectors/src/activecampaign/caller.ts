import type { VendorCall } from '../_kit/call/vendor-call.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { ConnectorError, isConnectorError, type ConnectorErrorKind } from '../_kit/connector-error.js';
import { OwnUser } from './schemas.js';

/** What the operations make their calls through. */
export type Caller = Pick<VendorClient, 'call' | 'platform'>;

/**
 * The vendor answers 403 both to a key that is not valid (any more) and to a user who may not do something. The first
 * must end the connection and the second must not, so a 403 makes us ask who we are: with a good key that works.
 */
export class KeyCheckingCaller implements Caller {
  constructor(private readonly client: VendorClient) {}

  get platform(): string {
    return this.client.platform;
  }

  async call<Answer>(call: VendorCall<Answer>): Promise<Answer> {
    try {
      return await this.client.call(call);
    } catch (error) {
      if (!isOfKind(error, 'forbidden')) throw error;
      throw (await this.#refusedKey(call.operation)) ?? error;
    }
  }

  /** The error of a refused key; undefined for a good one, and when nothing could be found out. */
  async #refusedKey(operation: VendorCall<unknown>['operation']): Promise<ConnectorError | undefined> {
    try {
      await checkKey(this.client, operation);
      return undefined;
    } catch (error) {
      return isOfKind(error, 'auth_invalid') ? error : undefined;
    }
  }
}

/** @throws ConnectorError `auth_invalid` when the key is refused */
export async function checkKey(client: VendorClient, operation: VendorCall<unknown>['operation']): Promise<void> {
  try {
    await client.call({
      operation,
      method: 'GET',
      path: path`/users/me`,
      target: 'users/me',
      repeatable: true,
      answer: OwnUser,
    });
  } catch (error) {
    if (!isOfKind(error, 'forbidden')) throw error;
    const { platform, status } = error;
    const message = 'The platform refuses the key';
    throw new ConnectorError({ kind: 'auth_invalid', platform, operation, message, status, cause: error });
  }
}

function isOfKind(error: unknown, kind: ConnectorErrorKind): error is ConnectorError {
  return isConnectorError(error) && error.kind === kind;
}
