import { Injectable } from '@nestjs/common';
import type { SessionEndReason } from '#contracts';
import { Database, stamped, SystemRepository, type Change, type Filter, type OwnFields } from '#persistence';
import { sessionCollection, type Session } from './session.collection.js';

/** The fields a refresh changes. */
export type Rotation = Pick<
  Session,
  'last_used_at' | 'idle_expires_at' | 'rotated_at' | 'rotated_ip' | 'rotated_agent'
> &
  Partial<Pick<Session, 'account_id'>>;

/** More places than anybody signs in from in turn; it is read at every sign-in. */
const REMEMBERED_PLACES = 30;

const notEnded = { revoked_at: { $exists: false } };

@Injectable()
export class Sessions extends SystemRepository<Session> {
  constructor(database: Database) {
    super(database, sessionCollection);
  }

  insert(session: OwnFields<Session> & { account_id: string }): Promise<Session> {
    return this.#all.insertOne(stamped<Session>(session));
  }

  find(sessionId: string): Promise<Session | null> {
    return this.#all.findOne({ _id: sessionId });
  }

  /** Sessions of a user that still live, the one used last first. */
  living(userId: string, now: Date): Promise<Session[]> {
    return this.#all.find(this.#living(userId, now), { sort: { last_used_at: -1 } });
  }

  /** Where the last sessions of a user were, ended ones included. */
  placesOf(userId: string): Promise<Pick<Session, 'device_label' | 'ip' | 'rotated_ip'>[]> {
    const fields = ['device_label', 'ip', 'rotated_ip'] as const;
    return this.#all.find({ user_id: userId }, { sort: { last_used_at: -1 }, limit: REMEMBERED_PLACES, fields });
  }

  /**
   * Moves a session from `generation` to the next one. Only one caller can: the others get null.
   * @returns the session afterwards, null when it is not at that generation any more or has ended
   */
  rotate(sessionId: string, generation: number, rotation: Rotation): Promise<Session | null> {
    return this.#all.findOneAndUpdate({ _id: sessionId, generation, ...notEnded }, {
      $set: { ...rotation, updated_at: rotation.last_used_at },
      $inc: { generation: 1, version: 1 },
    } as Change<Session>);
  }

  /** Ends one session. @returns whether this call ended it */
  async end(sessionId: string, reason: SessionEndReason, now: Date): Promise<boolean> {
    const { modified } = await this.#all.updateOne({ _id: sessionId, ...notEnded }, ended(reason, now));
    return modified > 0;
  }

  /** Ends the living sessions of a user, except one. @returns the ids of those that ended */
  async endAll(userId: string, reason: SessionEndReason, now: Date, except?: string): Promise<string[]> {
    const ids = (await this.living(userId, now)).map(({ _id }) => _id).filter((id) => id !== except);
    await this.#all.updateMany({ _id: { $in: ids }, ...notEnded }, ended(reason, now));
    return ids;
  }

  /** Sessions that ended before their time since `since`. */
  endedSince(since: Date): Promise<Session[]> {
    return this.#all.find({ revoked_at: { $gte: since } }, { fields: ['_id', 'revoked_at'] });
  }

  #living(userId: string, now: Date): Filter<Session> {
    return { user_id: userId, ...notEnded, idle_expires_at: { $gt: now }, absolute_expires_at: { $gt: now } };
  }

  get #all() {
    return this.system('sessions belong to users, not to accounts');
  }
}

const ended = (reason: SessionEndReason, now: Date): Change<Session> =>
  ({ $set: { revoked_at: now, revoke_reason: reason, updated_at: now }, $inc: { version: 1 } }) as Change<Session>;
