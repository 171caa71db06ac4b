/** What the hooks of schemathesis wrote down, one line each. */
export type RecordLine =
  | { kind: 'call'; operation: string; status: number }
  | { kind: 'broken'; operation: string; request: string }
  | {
      kind: 'finding';
      operation: string;
      check: string;
      message: string;
      status: number;
      answer: string;
      curl: string;
    };

export interface Finding {
  operation: string;
  check: string;
  status: number | undefined;
  message: string;
  /** How often it was seen. */
  times: number;
  /** One way to see it again. */
  example: string;
  answer: string;
}

export interface RunResult {
  requests: number;
  operations: number;
  /** Fewest requests of an operation. */
  fewest: number;
  /** Requests by status. */
  statuses: Readonly<Record<string, number>>;
  findings: readonly Finding[];
}

/** Texts that differ only in generated values are one finding. */
const shapeOf = (message: string): string => message.split('\n', 1)[0]?.replace(/\d+/g, '#').slice(0, 120) ?? '';

/** Sums up a run; findings of one kind on one operation count as one. */
export function resultOf(lines: Iterable<RecordLine>): RunResult {
  const calls = new Map<string, number>();
  const statuses: Record<string, number> = {};
  const findings = new Map<string, Finding>();
  let requests = 0;
  for (const line of lines) {
    if (line.kind === 'call') {
      requests += 1;
      calls.set(line.operation, (calls.get(line.operation) ?? 0) + 1);
      statuses[line.status] = (statuses[line.status] ?? 0) + 1;
      continue;
    }
    const found = findingOf(line);
    const key = [found.operation, found.check, found.status, shapeOf(found.message)].join('\n');
    const known = findings.get(key);
    findings.set(key, known === undefined ? found : { ...known, times: known.times + 1 });
  }
  return {
    requests,
    operations: calls.size,
    fewest: calls.size === 0 ? 0 : Math.min(...calls.values()),
    statuses,
    findings: [...findings.values()],
  };
}

function findingOf(line: Exclude<RecordLine, { kind: 'call' }>): Finding {
  if (line.kind === 'broken') {
    const { operation, request } = line;
    const message = 'No answer, or one that broke off';
    return { operation, check: 'Connection', status: undefined, message, times: 1, example: request, answer: '' };
  }
  const { operation, check, status, message, curl, answer } = line;
  return { operation, check, status, message, times: 1, example: curl, answer };
}
