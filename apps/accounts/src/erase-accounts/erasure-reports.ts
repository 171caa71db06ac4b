import { Injectable } from '@nestjs/common';
import { AuditLog, SYSTEM_ACTOR } from '#audit';
import { events, scopeOf, type EventData } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { Erasure } from '../persistence/erasure.collection.js';
import { Erasures } from '../persistence/erasures.repository.js';

/** Collects what services erased; when the last one has reported, the account itself goes. */
@Injectable()
export class ErasureReports {
  constructor(
    private readonly accounts: Accounts,
    private readonly erasures: Erasures,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async take(report: EventData<typeof events.accountErasureReported>): Promise<void> {
    const { erasure_id, account_id, report_id, service, erased, kept } = report;
    const at = this.clock.now();
    const erasure = await this.erasures.note(scopeOf(account_id), erasure_id, { report_id, service, at, erased, kept });
    if (erasure === null) return;
    const reported = new Set(erasure.reports.map((each) => each.service));
    if (erasure.services.every((each) => reported.has(each))) await this.complete(erasure);
  }

  private async complete(erasure: Erasure): Promise<void> {
    const { _id, account_id: accountId, services, to_tell: toTell } = erasure;
    await this.unitOfWork.run(async (session) => {
      if (!(await this.erasures.complete(erasure, this.clock.now()))) return;
      await this.accounts.deleteWhere(scopeOf(accountId), { _id: accountId });
      const documents = erasedDocuments(erasure);
      await this.outbox.add(session, events.accountErased, {
        subject: accountId,
        accountId,
        data: { account_id: accountId, erasure_id: _id, services, documents },
      });
      await this.audit.record(session, {
        by: SYSTEM_ACTOR,
        type: 'accounts.account.erased',
        accountId,
        target: { kind: 'account', id: accountId },
        data: { erasure_id: _id, documents, services },
      });
      if (toTell === undefined) return;
      const { address, name, account_name } = toTell;
      await this.mailer.request(session, {
        template: 'account_erased',
        to: { address, name },
        variables: { name, account_name },
      });
    });
  }
}

const erasedDocuments = ({ reports }: Erasure): number =>
  reports.flatMap(({ erased }) => Object.values(erased)).reduce((sum, count) => sum + count, 0);
