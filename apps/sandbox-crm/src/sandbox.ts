import Fastify, { type FastifyInstance } from 'fastify';
import { Access } from './access/access.js';
import { Keys } from './access/identities.js';
import { OAuthGrants } from './access/oauth-grants.js';
import { textbookManner } from './access/oauth-manner.js';
import { registerOAuth } from './access/oauth.routes.js';
import { registerAdmin } from './admin/admin.routes.js';
import { activecampaignHookOperations, tellLikeActiveCampaign } from './dialects/activecampaign/hooks.js';
import { activecampaignDialect } from './dialects/activecampaign/activecampaign-dialect.js';
import { tellLikeGoHighLevel } from './dialects/gohighlevel/hooks.js';
import { gohighlevelDialect } from './dialects/gohighlevel/gohighlevel-dialect.js';
import { tellLikeHubSpot } from './dialects/hubspot/hooks.js';
import { hubspotDialect } from './dialects/hubspot/hubspot-dialect.js';
import { keapHooksDialect, tellLikeKeap } from './dialects/keap/hooks.js';
import { keapDialect } from './dialects/keap/keap-dialect.js';
import { ontraportHookOperations, tellLikeOntraport } from './dialects/ontraport/hooks.js';
import { ontraportDialect } from './dialects/ontraport/ontraport-dialect.js';
import type { Dialect, Operation } from './dialects/dialect.js';
import { EffectLog } from './effects/effect-log.js';
import { FaultRules } from './faults/fault-rules.js';
import { ContactHooks } from './hooks/contact-hooks.js';
import { HookBook } from './hooks/hook-book.js';
import { HookSender } from './hooks/hook-sender.js';
import { metersFor } from './meters/meters.js';
import { registerPages } from './page/page.routes.js';
import { completeOptions, type SandboxOptions, type SandboxSettings } from './sandbox-options.js';
import { seedCrm, type SeedSettings } from './seed/seed-crm.js';
import { addBodyParsers } from './server/body-parsers.js';
import { registerDialect } from './server/register-dialect.js';
import { RequestLog } from './server/request-log.js';
import { readSnapshot, SnapshotFile, type Snapshot } from './snapshot-file.js';

export interface RunningSandbox {
  /** Where it listens, without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/** Requests that still run then, such as those held back by a planned fault, are cut. */
const LONGEST_STOP_MS = 2_000;

/** Starts a sandbox CRM; without options it is the documented one. Port 0 takes a free port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const settings = completeOptions(options);
  const saved = settings.dataFile === undefined ? undefined : await readSnapshot(settings.dataFile);
  const { app, file, sender } = assemble(settings, saved);
  const url = await app.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async () => {
      const hurry = setTimeout(() => app.server.closeAllConnections(), LONGEST_STOP_MS);
      await app.close();
      clearTimeout(hurry);
      await sender.stop();
      await file?.flush();
    },
  };
}

function assemble(settings: SandboxSettings, saved: Snapshot | undefined) {
  let seeded: SeedSettings = saved ?? settings;
  let file: SnapshotFile | undefined;
  const changed = (): void => file?.changed();

  let store = seedCrm(seeded, changed);
  const grants = new OAuthGrants(settings.tokenLifetimeSeconds, changed);
  if (saved !== undefined) {
    store.restore(saved.store);
    grants.restore(saved.grants);
  }
  const effects = new EffectLog(settings.effectLogSize);
  const requests = new RequestLog(settings.requestLogSize);
  const faults = new FaultRules();
  const access = new Access(new Keys(settings.keys), grants);
  const book = new HookBook(changed);
  const sender = new HookSender(settings.hooks.speed, settings.onError);
  const hooks = new ContactHooks(
    { store: () => store, book, sender, settings: settings.hooks, tellers: TELLERS },
    seedCrm(seeded, () => undefined),
  );
  if (saved !== undefined) {
    book.restore(saved.hooks ?? { next: 1, hooks: [] });
    hooks.known(idsOfChanged(saved));
  }
  const dialects = [
    withOperations(activecampaignDialect(), activecampaignHookOperations(book)),
    gohighlevelDialect(),
    hubspotDialect(),
    keapDialect(),
    withOperations(ontraportDialect(), ontraportHookOperations(book)),
  ];

  const meters = metersFor(settings.limits);
  const app = createServer();
  for (const dialect of [...dialects, keapHooksDialect(book, sender)]) {
    registerDialect(app, dialect, { store: () => store, access, faults, effects, requests, meters, hooks });
  }
  const ownManner = textbookManner({ dialect: 'oauth', authorizePath: '/oauth/authorize', tokenPath: '/oauth/token' });
  for (const manner of [ownManner, ...dialects.flatMap(({ oauth }) => oauth ?? [])]) {
    registerOAuth(app, manner, settings, grants, { faults, requests });
  }
  registerAdmin(app, {
    secret: settings.adminSecret,
    store: () => store,
    effects,
    faults,
    requests,
    grants,
    settings: () => ({ seed: seeded.seed, contacts: seeded.contacts }),
    reset: (wanted) => {
      seeded = wanted;
      store = seedCrm(wanted, changed);
      hooks.reset(seedCrm(wanted, () => undefined));
      effects.clear();
      requests.clear();
      faults.replace([]);
      changed();
    },
  });
  const { adminSecret, clientId, clientSecret } = settings;
  registerPages(app, { store: () => store, effects, dialects, client: { clientId, clientSecret }, adminSecret });
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', () => ({ status: 'ok', contacts: store.contacts.size }));

  if (settings.dataFile !== undefined) {
    const take = (): Snapshot => ({
      format: 1,
      seed: seeded.seed,
      contacts: seeded.contacts,
      store: store.differences(),
      grants: grants.state(),
      hooks: book.state(),
    });
    file = new SnapshotFile(settings.dataFile, take, settings.onError);
  }
  return { app, file, sender };
}

const TELLERS = {
  activecampaign: tellLikeActiveCampaign,
  gohighlevel: tellLikeGoHighLevel,
  hubspot: tellLikeHubSpot,
  keap: tellLikeKeap,
  ontraport: tellLikeOntraport,
};

const withOperations = (dialect: Dialect, further: readonly Operation[]): Dialect => ({
  ...dialect,
  operations: [...dialect.operations, ...further],
});

const idsOfChanged = ({ store }: Snapshot): string[] =>
  (store['contacts']?.changed ?? []).map((contact) => (contact as { id: string }).id);

function withPlainColons(url: string): string {
  const [path = '', ...query] = url.split('?');
  return [path.replaceAll('%3A', ':'), ...query].join('?');
}

function createServer(): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 5 * 1024 * 1024,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Clients may write the colon of `contacts:applyTags` encoded; the router compares texts.
    rewriteUrl: ({ url = '/' }) => (url.includes('%3A') ? withPlainColons(url) : url),
    routerOptions: { maxParamLength: 500 },
  });
  addBodyParsers(app);
  return app;
}
