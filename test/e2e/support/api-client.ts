import { waitFor } from '#testing';

export interface ApiAnswer<Data = Record<string, unknown>> {
  status: number;
  headers: Headers;
  /** The whole body, parsed where it is JSON. */
  body: {
    success?: boolean;
    code?: string;
    error?: string;
    message?: string;
    data?: Data;
    errors?: unknown[];
  } & Record<string, unknown>;
  /** `data` of a success. @throws Error with the body otherwise */
  data: Data;
}

export interface ExecutionData {
  execution_id: string;
  helper_id: string;
  helper_type: string;
  contact_id: string;
  status: string;
  attempt: number;
  trace_id: string;
  created_at: string;
  started_at: string;
  completed_at?: string;
  parent_id?: string;
  replay_of?: string;
  error_class?: string;
  error_message?: string;
  output: { modified_data: Record<string, unknown>; actions: unknown[] };
  error_code?: string;
  waiting?: { reason: string; until: string };
  events?: { type: string; at: string; message: string; data: Record<string, unknown> }[];
}

/** HTTP to the gateway, as a client of the API would. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  withToken(token: string): ApiClient {
    return new ApiClient(this.url, { authorization: `Bearer ${token}` });
  }

  withKey(key: string): ApiClient {
    return new ApiClient(this.url, { 'x-api-key': key });
  }

  async request<Data = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Data>> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...this.headers, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const parsed = parse(text) as ApiAnswer<Data>['body'];
    return {
      status: response.status,
      headers: response.headers,
      body: parsed,
      get data(): Data {
        if (response.ok && parsed.data !== undefined) return parsed.data;
        throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 2_000)}`);
      },
    };
  }

  get<Data = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<ApiAnswer<Data>> {
    return this.request<Data>('GET', path, undefined, headers);
  }

  post<Data = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer<Data>> {
    return this.request<Data>('POST', path, body, headers);
  }

  /** Waits until an execution has ended and reads it with its timeline. */
  ended(executionId: string, deadlineMs = 30_000): Promise<ExecutionData> {
    return waitFor(
      async () => {
        const answer = await this.get<ExecutionData>(`/executions/${executionId}?include=events`);
        const { data } = answer;
        return ['completed', 'failed', 'cancelled'].includes(data.status) ? data : undefined;
      },
      { deadlineMs, everyMs: 100, what: `execution ${executionId} to end` },
    );
  }

  /** Waits until no execution of a helper is open, then answers how many there are by status. */
  async allEnded(helperId: string, deadlineMs = 60_000): Promise<Record<string, number>> {
    await waitFor(
      async () => {
        const open = await this.get<{ executions: unknown[] }>(
          `/executions?helper_id=${helperId}&status=pending,running&limit=1`,
        );
        return open.data.executions.length === 0;
      },
      { deadlineMs, everyMs: 250, what: `all executions of ${helperId} to end` },
    );
    const counts: Record<string, number> = {};
    for (const { status } of await this.executionsOf(helperId)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** Every execution of a helper, newest first, without timelines. */
  async executionsOf(helperId: string): Promise<ExecutionData[]> {
    const all: ExecutionData[] = [];
    for (let next = ''; ;) {
      const page = await this.get<{ executions: ExecutionData[]; next_token: string }>(
        `/executions?helper_id=${helperId}&limit=200${next === '' ? '' : `&next_token=${next}`}`,
      );
      all.push(...page.data.executions);
      next = page.data.next_token;
      if (next === '') return all;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}
