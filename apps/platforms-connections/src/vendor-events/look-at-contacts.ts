import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { scopeOf } from '#contracts';
import { isConnectorError, webhooksOf } from '#connectors';
import { UnitOfWork } from '#persistence';
import { RepeatedWork, type StopsWork, takeDue } from '#service-defaults';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorAccess } from '../vendor/vendor-access.js';

import { ContactChanges } from './contact-changes.js';
import { ContactLooks, type ContactLook } from './contact-looks.repository.js';
import { ContactStates } from './contact-states.repository.js';
import { differences, rememberedOf } from './known-contact.js';
import type { Snapshot } from './reading.js';
import { snapshotOf } from './snapshot-of-contact.js';

const ROUND_MS = 500;
const AT_ONCE = 4;
const TIMEOUT_MS = 20_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;
/** What could not be read for so long is of no interest any more. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/** Reads contacts whose vendor told only that they changed, and finds out what did. */
@Injectable()
export class LookAtContacts implements OnApplicationBootstrap, StopsWork {
  readonly #work = new RepeatedWork('looking at changed contacts', ROUND_MS, () => this.#round());

  constructor(
    private readonly looks: ContactLooks,
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
    private readonly vendors: VendorAccess,
    private readonly states: ContactStates,
    private readonly changes: ContactChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#work.start();
  }

  stopWork(): Promise<void> {
    return this.#work.stop();
  }

  async #round(): Promise<boolean> {
    const due = await takeDue(() => this.looks.take(this.clock.now()), AT_ONCE);
    await Promise.all(due.map((look) => this.#lookAt(look)));
    return due.length > 0;
  }

  async #lookAt(look: ContactLook): Promise<void> {
    const scope = scopeOf(look.account_id);
    const connection = await this.connections.find(scope, look.connection_id);
    if (connection === null) return void (await this.looks.done(scope, look));
    const snapshot = await this.#read(look, connection);
    if (snapshot === 'gone') return void (await this.looks.done(scope, look));
    if (snapshot !== undefined) await this.#compare(look, connection, snapshot);
  }

  /** @returns undefined when it has to be tried later */
  async #read(look: ContactLook, connection: Connection): Promise<Snapshot | 'gone' | undefined> {
    const scope = scopeOf(look.account_id);
    const at = this.clock.now();
    try {
      const contact = await this.vendors.call(scope, connection, TIMEOUT_MS, (crm) => crm.getContact(look.contact_id));
      return snapshotOf(contact, at, false);
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      const old = at.getTime() - look.asked_at.getTime() > GIVE_UP_AFTER_MS;
      if (error.kind === 'not_found' || error.kind === 'unsupported' || old) return 'gone';
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** look.tries, LONGEST_PAUSE_MS);
      logger.warn({ err: error, connection_id: connection._id }, 'a changed contact cannot be read now');
      await this.looks.later(scope, look, new Date(at.getTime() + Math.max(pause, error.retryAfterMs ?? 0)));
      return undefined;
    }
  }

  async #compare(look: ContactLook, connection: Connection, read: Snapshot): Promise<void> {
    const scope = scopeOf(look.account_id);
    const webhooks = webhooksOf(this.registry.get(connection.platform_id).record.slug);
    // Tags that the vendor tells itself would be reported twice.
    const { tags, ...withoutTags } = read;
    const snapshot = webhooks?.tags === 'told' || tags === undefined ? withoutTags : { ...withoutTags, tags };
    await this.unitOfWork.run(async (session) => {
      if (!(await this.looks.done(scope, look))) return;
      const known = await this.states.known(scope, connection._id, look.contact_id);
      const seen = { contactId: look.contact_id, at: read.at, byName: false };
      const identity = ['look', look.contact_id, read.at.toISOString()];
      await this.changes.noticed(session, connection, seen, differences(known, snapshot, false), identity);
      await this.states.remember(scope, connection._id, look.contact_id, rememberedOf(known, snapshot));
    });
  }
}
