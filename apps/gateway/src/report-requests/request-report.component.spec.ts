import { requestReports, startGateway, type RunningGateway } from '../testing/running-gateway.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestReport } from './request-report.js';

let running: RunningGateway;
beforeAll(async () => {
  running = await startGateway({ MFH_LIMITS: 'lifted' });
});
afterAll(async () => running.stop());

describe('the count of requests', () => {
  it('reaches billing once for each request of an account, also after billing was away', async () => {
    const report = running.gateway.app.get(RequestReport);
    const account = 'account:00000000-0000-7000-8000-0000000000cc';
    const headers = { authorization: `Bearer ${await running.tokens.forUser({ acc: account })}` };
    const ask = () => running.call('/helpers', { headers });
    await Promise.all([ask(), ask(), ask(), running.call('/platforms')]);
    requestReports.away = true;
    await report.send();
    expect(requestReports.received).toEqual([]);
    await ask();
    requestReports.away = false;
    await Promise.all([report.send(), report.send()]);
    await report.send();
    const accounts = requestReports.received.flatMap((received) => received.accounts);
    expect(accounts).toEqual([
      { account_id: account, requests: 3 },
      { account_id: account, requests: 1 },
    ]);
    expect(new Set(requestReports.received.map(({ report_id }) => report_id)).size).toBe(2);
  });
});
