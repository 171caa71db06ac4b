import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { ApiClient } from './support/api-client.js';
import { execute, newHelper } from './support/customer.js';
import { newDeadLetter } from './support/dead-letter.js';
import { EventStream } from './support/event-stream.js';
import { signIn } from './support/sign-in.js';
import { useSystem } from './support/use-system.js';

const running = useSystem({ env: { MFH_MAX_ATTEMPTS: '1' } });

describe('executions', () => {
  const addOne = () => newHelper(running.customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });

  it('are asked for by token, by key, and by links with the key, and tell their story', async () => {
    const { api, byKey, key } = running.customer;
    const helper = await addOne();
    const link = `/helper/${key}/${helper}`;
    const anyone: ApiClient = running.system.api;
    const answers = [
      await api.post<{ execution_id: string }>(`/helpers/${helper}/execute`, { contact_id: '1003' }),
      await byKey.post<{ execution_id: string }>(`/helper/${helper}/execute`, { contact_id: '1003' }),
      await anyone.post<{ execution_id: string }>(link, { contact_id: '1003' }),
      await anyone.get<{ execution_id: string }>(`${link}?contact_id=1003`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    for (const { data, headers } of answers) {
      const ended = await api.ended(data.execution_id);
      expect(ended.status).toBe('completed');
      expect(ended.trace_id).toBe(headers.get('x-trace-id'));
      expect(ended.events?.map(({ type }) => type)).toEqual(expect.arrayContaining(['accepted', 'completed']));
      const timeline = await api.get<{ events: { type: string }[] }>(`/executions/${data.execution_id}/events`);
      expect(timeline.data.events[0]?.type).toBe('accepted');
    }
    const page = await api.get<{ executions: { execution_id: string }[]; next_token: string; has_more: boolean }>(
      `/executions?helper_id=${encodeURIComponent(helper.replaceAll(':', '%3A'))}&status=completed&limit=3`,
    );
    expect(page.data).toMatchObject({ has_more: true });
    expect(page.data.executions).toHaveLength(3);
    const rest = await api.get<{ executions: { execution_id: string }[]; has_more: boolean }>(
      `/executions?helper_id=${helper}&status=completed&limit=3&next_token=${page.data.next_token}`,
    );
    expect(rest.data).toMatchObject({ has_more: false });
    const seen = [...page.data.executions, ...rest.data.executions].map((item) => item.execution_id);
    expect(seen.toSorted()).toEqual(answers.map(({ data }) => data.execution_id).toSorted());
    expect((await api.get('/executions?next_token=tampered')).status).toBe(400);
  });

  it('are followed live, and a broken stream goes on where it was', async () => {
    const { api } = running.customer;
    const helper = await addOne();
    const path = `${running.system.url}/executions/stream?helper_id=${helper}`;
    const { ticket } = (await api.post<{ ticket: string }>('/executions/stream/ticket')).data;
    const stream = await EventStream.open(`${path}&ticket=${ticket}`);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    const completed = (id: string) => (event: { data: Record<string, unknown> }) =>
      event.data['execution_id'] === id && event.data['status'] === 'completed';
    const first = await execute(running.customer, helper, '1004');
    await stream.next('the first to complete', completed(first));
    const versions = stream.events
      .filter(({ data }) => data['execution_id'] === first)
      .map(({ data }) => Number(data['version']));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    stream.close();
    const second = await execute(running.customer, helper, '1005');
    await api.ended(second);
    expect((await EventStream.open(`${path}&ticket=${ticket}`)).response.status).toBe(401);
    const resumed = await EventStream.open(path, {
      authorization: `Bearer ${running.customer.token}`,
      'last-event-id': stream.lastId ?? '',
    });
    await resumed.next('the one that was missed', completed(second));
    resumed.close();
  });

  it('ends its stream with its session', async () => {
    const session = await signIn(running.system, running.customer.email);
    const headers = { authorization: `Bearer ${session.token}` };
    const stream = await EventStream.open(`${running.system.url}/executions/stream`, headers);
    await running.system.api.withToken(session.token).post('/auth/logout');
    await stream.next('the stream to say why', ({ event }) => event === 'stream.closing', 3_000);
    await stream.ended();
  });

  it('are cancelled while they wait, and then change nothing', async () => {
    const { api } = running.customer;
    const { sandbox } = running.system;
    const helper = await addOne();
    const contact = '1140';
    await sandbox.faults([{ id: 'slow', match: { contact_id: contact }, times: 2, latency_ms: 4_000 }]);
    const first = await execute(running.customer, helper, contact);
    const second = await execute(running.customer, helper, contact);
    const cancelled = await api.post(`/executions/${second}/cancel`, { reason: 'not needed' });
    expect(cancelled).toMatchObject({ status: 200, data: { execution_id: second, status: 'cancelled' } });
    expect((await api.post(`/executions/${second}/cancel`)).data).toEqual(cancelled.data);
    expect((await api.ended(first, 60_000)).status).toBe('completed');
    await sandbox.faults([]);
    expect(await api.post(`/executions/${first}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'executions.transition_not_allowed' },
    });
    expect((await api.ended(second)).status).toBe('cancelled');
    const effects = await sandbox.effects({ contactId: contact });
    expect(effects).toHaveLength(1);
  });

  it('that failed for good lie among the dead letters and are replayed once', async () => {
    const { api } = running.customer;
    const letter = await newDeadLetter(running.system, running.customer, '1151');
    expect(letter).toMatchObject({ status: 'open' });
    const path = `/dead-letters/${letter.dead_letter_id}`;
    expect((await api.get(path)).data).toMatchObject({ execution_id: letter.execution_id });
    const replays = await Promise.all([1, 2, 3].map(() => api.post<{ execution_id: string }>(`${path}/replay`, {})));
    expect(replays.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409]);
    const accepted = replays.find(({ status }) => status === 202);
    expect((await api.ended(accepted?.data.execution_id ?? '', 90_000)).status).toBe('completed');
    expect((await api.get(path)).data).toMatchObject({ status: 'replayed', replayed_as: accepted?.data.execution_id });
  });

  it('are accepted once for one Idempotency-Key, however many ask at the same time', async () => {
    const { byKey } = running.customer;
    const helper = await addOne();
    const key = randomBytes(12).toString('hex');
    const ask = (contact: string, idempotencyKey = key) =>
      byKey.post<{ execution_id: string }>(
        `/helper/${helper}/execute`,
        { contact_id: contact },
        { 'idempotency-key': idempotencyKey },
      );
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('1010')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ data }) => data.execution_id)).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(49);
    expect(await ask('1011')).toMatchObject({ status: 409, body: { code: 'request.idempotency_conflict' } });
    expect((await ask('1010')).data.execution_id).toBe(answers[0]?.data.execution_id);
    expect((await ask('1010', 'x'.repeat(129))).status).toBe(400);
    const all = await byKey.get<{ executions: unknown[] }>(`/executions?helper_id=${helper}`);
    expect(all.data.executions).toHaveLength(1);
  });
});
