export {
  auditedCaller,
  AuditLog,
  currentCaller,
  SYSTEM_ACTOR,
  type AuditActor,
  type AuditedCaller,
  type AuditedFact,
} from './audit-log.js';
export { AuditModule } from './audit.module.js';
