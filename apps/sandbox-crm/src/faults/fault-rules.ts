import { pathPattern } from './path-pattern.js';

/** One planned misbehaviour, in the form in which the admin route takes and shows it. */
export interface FaultRule {
  id: string;
  match: { dialect?: string; method?: string; path?: string; contact_id?: string };
  /** How many requests it still hits; absent = all. */
  times?: number;
  latency_ms?: number;
  status?: number;
  headers?: Record<string, string>;
  /** Text is sent as it is (also broken JSON), anything else as JSON. */
  body?: unknown;
  /** Closes the socket without an answer, before or after the work was done. */
  drop?: 'before' | 'after';
}

export interface FaultTarget {
  dialect: string;
  method: string;
  /** Path without the query; `localPath` is the part after the dialect's base. */
  path: string;
  localPath: string;
  contactIds: () => readonly string[];
}

interface ActiveRule {
  rule: FaultRule;
  path: RegExp | undefined;
}

/** The rules in force; the first one that matches a request applies to it. */
export class FaultRules {
  #active: ActiveRule[] = [];

  get isEmpty(): boolean {
    return this.#active.length === 0;
  }

  list(): FaultRule[] {
    return this.#active.map(({ rule }) => rule);
  }

  replace(rules: FaultRule[]): void {
    this.#active = rules.map((rule) => ({
      rule: { ...rule },
      path: rule.match.path === undefined ? undefined : pathPattern(rule.match.path),
    }));
  }

  /** The rule for this request, counted as used. */
  take(target: FaultTarget): FaultRule | undefined {
    const hit = this.#active.find((active) => matches(active, target));
    if (hit === undefined) return undefined;
    if (hit.rule.times !== undefined) hit.rule.times -= 1;
    return hit.rule;
  }
}

function matches({ rule, path }: ActiveRule, target: FaultTarget): boolean {
  const { dialect, method, contact_id: contactId } = rule.match;
  if (rule.times !== undefined && rule.times <= 0) return false;
  if (dialect !== undefined && dialect !== target.dialect) return false;
  if (method !== undefined && method.toUpperCase() !== target.method) return false;
  if (path !== undefined && !path.test(target.path) && !path.test(target.localPath)) return false;
  return contactId === undefined || target.contactIds().includes(contactId);
}
