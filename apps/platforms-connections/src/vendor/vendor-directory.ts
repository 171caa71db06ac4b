import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { isConnectorError, type CrmConnector, type CustomField, type Tag } from '#connectors';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { VendorAccess } from './vendor-access.js';
import { vendorProblem } from './vendor-problem.js';

/** Long enough to live within a vendor's few requests a second, short enough that a new tag shows up soon. */
const KEPT_MS = 2 * 60 * 1000;
const MOST_LISTS = 500;
const TIMEOUT_MS = 20_000;

interface KeptList {
  until: number;
  list: Promise<unknown[]>;
}

/**
 * Tags and fields of connections as their vendors list them, kept for minutes. Pages that open several forms at once
 * share one call. Other credentials make another list: they may belong to another account at the vendor.
 */
@Injectable()
export class VendorDirectory {
  readonly #lists = new Map<string, KeptList>();

  constructor(
    private readonly vendors: VendorAccess,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem as `vendorProblem` says */
  tags(scope: AccountScope, connection: Connection): Promise<Tag[]> {
    return this.#kept('tags', scope, connection, (crm) => crm.getTags());
  }

  /** @throws Problem as `vendorProblem` says */
  customFields(scope: AccountScope, connection: Connection): Promise<CustomField[]> {
    return this.#kept('fields', scope, connection, (crm) => crm.getCustomFields());
  }

  async #kept<Item>(
    kind: string,
    scope: AccountScope,
    connection: Connection,
    load: (crm: CrmConnector) => Promise<Item[]>,
  ): Promise<Item[]> {
    const key = [kind, connection.account_id, connection._id, connection.credentials_version].join(' ');
    const now = this.clock.now().getTime();
    const known = this.#lists.get(key);
    if (known !== undefined && known.until > now) return (await known.list) as Item[];
    const list = this.vendors.call(scope, connection, TIMEOUT_MS, load).catch((error: unknown) => {
      this.#lists.delete(key);
      throw isConnectorError(error) ? vendorProblem(error) : error;
    });
    this.#keep(key, { until: now + KEPT_MS, list });
    return list;
  }

  #keep(key: string, kept: KeptList): void {
    this.#lists.delete(key);
    this.#lists.set(key, kept);
    const oldest = this.#lists.keys().next();
    if (this.#lists.size > MOST_LISTS && oldest.done !== true) this.#lists.delete(oldest.value);
  }
}
