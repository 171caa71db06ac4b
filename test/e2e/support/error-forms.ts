import type { ApiOperation } from './api-operations.js';
import type { RunningSystem } from './running-system.js';

type ErrorForm = 'string' | 'object';
type Body = Record<string, unknown>;

interface Refusal {
  status: number;
  type: string;
  body: Body;
}

const PROBLEM_JSON = 'application/problem+json';
const MEMBERS = ['type', 'title', 'detail', 'instance', 'code', 'trace_id'];
const ENVELOPE = ['success', 'error', 'message'];

/** Requests that the route, or the lack of one, refuses: no token, a body that is no JSON, a method it has not. */
function refusedRequests({ method, needsToken, body }: ApiOperation): RequestInit[] {
  return [
    ...(needsToken ? [{ method, ...(body !== undefined && { body: '{}' }) }] : []),
    ...(body === undefined ? [] : [{ method, body: '{"a": ' }]),
    { method: 'PROPFIND' },
  ];
}

async function refusal(url: string, request: RequestInit, accept: string): Promise<Refusal | undefined> {
  const response = await fetch(url, {
    ...request,
    redirect: 'manual',
    headers: { accept, ...(request.body !== undefined && { 'content-type': 'application/json' }) },
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (response.status < 400) return undefined;
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: (type.includes('json') ? JSON.parse(text) : { text }) as Body };
}

function commonFaults({ status, body }: Refusal, path: string): string[] {
  return [
    ...MEMBERS.filter((name) => typeof body[name] !== 'string').map((name) => `no ${name}`),
    ...(body['status'] === status ? [] : ['another status']),
    ...(String(body['type']).endsWith(`/problems/${String(body['code'])}`) ? [] : ['a type of another code']),
    ...(body['instance'] === path ? [] : [`the instance ${String(body['instance'])}`]),
    ...('extensions' in body ? ['extensions that are not at the top'] : []),
  ];
}

function envelopeFaults({ type, body }: Refusal, form: ErrorForm): string[] {
  const { error, message, detail, code } = body;
  const wanted = form === 'string' ? detail : { code, message: detail };
  return [
    ...(type.startsWith('application/json') ? [] : [`the media type ${type}`]),
    ...(body['success'] === false && message === detail ? [] : ['no envelope']),
    ...(JSON.stringify(error) === JSON.stringify(wanted) ? [] : [`the error ${JSON.stringify(error)}`]),
  ];
}

const problemFaults = ({ type, body }: Refusal): string[] => [
  ...(type === PROBLEM_JSON ? [] : [`the media type ${type}`]),
  ...ENVELOPE.filter((name) => name in body).map((name) => `a member ${name}`),
];

const AT_ONCE = 6;

/** What is wrong with the refusals of all routes, in the envelope and as pure problems. */
export async function errorFormFaults(
  system: RunningSystem,
  operations: readonly ApiOperation[],
  form: ErrorForm,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (let start = 0; start < operations.length; start += AT_ONCE) {
    const some = operations.slice(start, start + AT_ONCE);
    faults.push(...(await Promise.all(some.map((operation) => faultsOfRoute(system, operation, form)))).flat());
  }
  return faults;
}

/** What is wrong with the refusals of a route, in the envelope and as a pure problem. */
async function faultsOfRoute({ url }: RunningSystem, operation: ApiOperation, form: ErrorForm): Promise<unknown[]> {
  const path = operation.path.replace(/\{(\w+)\}/g, 'none:00000000-0000-7000-8000-000000000000');
  const faults: unknown[] = [];
  for (const request of refusedRequests(operation)) {
    const asked = [operation.name, request.method, request.body];
    const [envelope, problem] = await Promise.all(
      ['application/json', PROBLEM_JSON].map((accept) => refusal(url + path, request, accept)),
    );
    if (envelope === undefined || problem === undefined) {
      faults.push([...asked, 'was not refused']);
      continue;
    }
    const found = [
      ...[envelope, problem].flatMap((one) => commonFaults(one, path)),
      ...envelopeFaults(envelope, form),
      ...problemFaults(problem),
    ];
    if (found.length > 0) faults.push([...asked, envelope.status, ...new Set(found)]);
  }
  return faults;
}
