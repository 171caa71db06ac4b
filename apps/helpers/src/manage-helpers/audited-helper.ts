import { currentCaller, SYSTEM_ACTOR, type AuditedFact } from '#audit';
import type { HelperRecord } from '../persistence/helpers.repository.js';

/** What the audit log says about a helper; never its configuration, which may hold secrets. */
export const auditedHelper = (fact: 'created' | 'updated' | 'deleted', record: HelperRecord): AuditedFact => ({
  type: `helpers.helper.${fact}`,
  accountId: record.account_id,
  by: SYSTEM_ACTOR,
  target: { kind: 'helper', id: record._id },
  data: { name: record.name, helper_type: record.helper_type, enabled: record.enabled },
  ...currentCaller(),
});
