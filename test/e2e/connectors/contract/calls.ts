import { expect, it } from '@jest/globals';
import { CALL_SCENARIO_NAMES } from './call-names.js';
import { CALL_SCENARIOS } from './call-scenarios.js';
import type { ContractChecks } from './checks.js';

/** Contacts of the scenarios start here. */
const FIRST = 120;

/** No operation makes more requests than its vendor declares, and none makes fewer. */
export function callContract(checks: ContractChecks): void {
  const counted: Record<string, number> = {};
  for (const [index, name] of CALL_SCENARIO_NAMES.entries()) {
    const { feature, prepare, act } = CALL_SCENARIOS[name];
    checks.that(feature, `makes as many requests as declared: ${name}`, async (subject) => {
      const connected = subject.connect();
      const contact = subject.contact(FIRST + index);
      const prepared = await prepare?.(connected.crm, subject, contact);
      const before = connected.calls.length;
      await act(connected.crm, subject, contact, prepared);
      const made = connected.calls.slice(before).map(({ operation, target }) => `${operation} ${target}`);
      counted[name] = made.length;
      expect({ requests: made.length, made }).toEqual({ requests: subject.calls[name], made });
    });
  }

  it('declares the requests of every scenario, and of none that the vendor lacks', () => {
    expect(counted).toEqual(checks.vendor.calls);
  });
}
