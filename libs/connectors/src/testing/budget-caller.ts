import { connect } from '@nats-io/transport-node';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { GuardedHttpClient } from '#http';
import { KvRateBudget } from '../_kit/budget/kv-rate-budget.js';
import { NatsBucketStore } from '../_kit/budget/nats-bucket-store.js';
import { Connection } from '../_kit/connection.js';
import { isConnectorError } from '../_kit/connector-error.js';
import { activecampaignBudgets } from '../activecampaign/budgets.js';
import { gohighlevelBudgets } from '../gohighlevel/budgets.js';
import { hubspotBudgets } from '../hubspot/budgets.js';
import { keapBudgets } from '../keap/budgets.js';
import { keapManifest } from '../keap/manifest.js';
import { keapModule } from '../keap/module.js';
import { ontraportBudgets } from '../ontraport/budgets.js';

/**
 * A process that calls a server as fast as each vendor's budget lets it, on behalf of two helpers. Started by a test
 * with a plan in its first argument; it prints how many calls each helper made, and for how long the process was held up at most.
 */
const BUDGETS = {
  keap: keapBudgets,
  gohighlevel: gohighlevelBudgets,
  activecampaign: activecampaignBudgets,
  ontraport: ontraportBudgets,
  hubspot: hubspotBudgets,
};

const Plan = z.object({
  natsUrl: z.string(),
  bucket: z.string(),
  url: z.string(),
  until: z.number(),
  /** Callers of each helper. */
  callers: z.record(z.string(), z.number()),
});

const plan = Plan.parse(JSON.parse(process.argv[2] ?? ''));
const stalls = monitorEventLoopDelay({ resolution: 10 });
const nats = await connect({ servers: plan.natsUrl });
const budget = new KvRateBudget(new NatsBucketStore(nats, { bucket: plan.bucket }));
const http = new GuardedHttpClient({ production: false, namedPrivateHosts: [new URL(plan.url).host] });
const made: Record<string, Record<string, number>> = {};

function connectionTo(vendor: string, budgets: (typeof BUDGETS)[keyof typeof BUDGETS]): Connection {
  const manifest = { ...keapManifest, record: { ...keapManifest.record, slug: vendor }, budgets };
  return new Connection(
    keapModule(manifest),
    {
      platform: 'keap',
      credentials: { access_token: 'token', base_url: `${plan.url}/${vendor}` },
      rateScope: 'connection:1',
    },
    { http, budget },
  );
}

/** Calls and, when there is no budget, comes back when it is told to. */
async function callOn(connection: Connection, vendor: string, party: string): Promise<void> {
  const counts = (made[vendor] ??= {});
  while (Date.now() < plan.until) {
    try {
      await connection.connector({ party }).getContact('7');
      counts[party] = (counts[party] ?? 0) + 1;
    } catch (error) {
      if (!isConnectorError(error) || error.kind !== 'rate_limited') throw error;
      await delay(Math.min(error.retryAfterMs ?? 1_000, Math.max(0, plan.until - Date.now())));
    }
  }
}

stalls.enable();
const work = Object.entries(BUDGETS).flatMap(([vendor, budgets]) => {
  const connection = connectionTo(vendor, budgets);
  return Object.entries(plan.callers).flatMap(([party, callers]) =>
    Array.from({ length: callers }, () => callOn(connection, vendor, party)),
  );
});
await Promise.all(work);
await http.close();
await nats.close();
process.stdout.write(JSON.stringify({ made, stalledMs: stalls.max / 1e6 }));
