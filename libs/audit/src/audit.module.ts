import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';

/** Gives a service the {@link AuditLog}. Needs `PersistenceModule` for the outbox. */
@Global()
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
