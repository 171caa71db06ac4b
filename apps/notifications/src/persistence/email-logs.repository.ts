import { Injectable } from '@nestjs/common';
import type { MailRequest } from '#contracts';
import { Database, isDuplicateKey, stamped, SystemRepository, type Change, type Filter } from '#persistence';
import { emailLogCollection, type EmailLog, type EmailStatus } from './email-log.collection.js';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** Longer than any transport may take. */
const CLAIM_MS = 2 * 60 * 1000;

export interface EmailOutcome {
  status: Exclude<EmailStatus, 'queued' | 'sending' | 'bounced' | 'complained'>;
  message_id?: string;
  error_message?: string;
  sent_at?: Date;
}

/** Mails and what became of them. Some belong to no account: whoever forgot a password has not signed in. */
@Injectable()
export class EmailLogs extends SystemRepository<EmailLog> {
  constructor(database: Database) {
    super(database, emailLogCollection);
  }

  /** @returns false when the mail is known already: its request was delivered twice */
  async add(request: MailRequest, now: Date): Promise<boolean> {
    const { mail_id, template, to, account_id, user_id, variables, sealed, useful_until } = request;
    try {
      await this.#all.insertOne(
        stamped<EmailLog>({
          _id: mail_id,
          template_id: template,
          recipient_email: to.address.toLowerCase(),
          ...(to.name !== undefined && { recipient_name: to.name }),
          ...(account_id !== undefined && { account_id }),
          ...(user_id !== undefined && { user_id }),
          ...(useful_until !== undefined && { useful_until: new Date(useful_until) }),
          status: 'queued',
          variables,
          sealed,
          attempts: 0,
          next_attempt_at: now,
          expire_at: new Date(now.getTime() + KEPT_MS),
        }),
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  find(mailId: string): Promise<EmailLog | null> {
    return this.#all.findOne({ _id: mailId });
  }

  /** Takes the mail that is due longest, and counts the attempt. Nobody else gets it until the claim is over. */
  claimDue(now: Date): Promise<EmailLog | null> {
    const due = {
      next_attempt_at: { $lte: now },
      $or: [{ status: 'queued' }, { status: 'sending', claimed_until: { $lte: now } }],
    } as Filter<EmailLog>;
    const claim = {
      $set: { status: 'sending', claimed_until: new Date(now.getTime() + CLAIM_MS), updated_at: now },
      $inc: { attempts: 1, version: 1 },
    } as Change<EmailLog>;
    return this.#all.findOneAndUpdate(due, claim, { sort: { next_attempt_at: 1 } });
  }

  /** Ends the attempt that was claimed. @returns false when it has been taken over meanwhile */
  async end(claimed: EmailLog, outcome: EmailOutcome, now: Date): Promise<boolean> {
    return this.#move(claimed, {
      $set: { ...outcome, updated_at: now },
      $unset: { variables: 1, sealed: 1, claimed_until: 1 },
      $inc: { version: 1 },
    } as Change<EmailLog>);
  }

  /** Hands the attempt that was claimed back for another one. */
  async retryAt(claimed: EmailLog, at: Date, reason: string, now: Date): Promise<boolean> {
    return this.#move(claimed, {
      $set: { status: 'queued', next_attempt_at: at, error_message: reason, updated_at: now },
      $unset: { claimed_until: 1 },
      $inc: { version: 1 },
    } as Change<EmailLog>);
  }

  /** A sent mail came back, or its recipient complained. @returns whether there is such a mail of ours */
  async returned(messageId: string, status: 'bounced' | 'complained', now: Date): Promise<boolean> {
    const { matched } = await this.#all.updateOne(
      { message_id: messageId, status: { $in: ['sent', 'bounced', status] } },
      {
        $set: { status, updated_at: now },
        $inc: { version: 1 },
      } as Change<EmailLog>,
    );
    return matched > 0;
  }

  async #move(claimed: EmailLog, change: Change<EmailLog>): Promise<boolean> {
    const { modified } = await this.#all.updateOne(
      { _id: claimed._id, status: 'sending', attempts: claimed.attempts },
      change,
    );
    return modified > 0;
  }

  get #all() {
    return this.system('mails go to people, who may belong to no account or to several');
  }
}
