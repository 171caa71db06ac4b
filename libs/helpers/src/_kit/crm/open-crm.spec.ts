import { expect, test } from '@jest/globals';
import type { CrmConnector } from '#connectors';
import type { HelperDefinition } from '../define-helper.js';
import type { EffectJournal } from '../effects.js';
import { openCrm } from './open-crm.js';

const effects = { triggerAutomation: { inDoubt: 'ask' } } as const;
const definition = { type: 'try_it', effects, platforms: [] } as unknown as HelperDefinition;

/** A journal in which an earlier delivery left the intent: it looks, and does the work when nothing was found. */
const inDoubt: EffectJournal = {
  remember: (_step, compute) => compute(),
  effect: async (intent, work, check) => {
    const found = await check?.(new Date('2026-01-15T10:00:00Z'));
    return found ? found.result : work(intent.step);
  },
};

function connectorThat(hasTriggered?: CrmConnector['hasTriggered']) {
  const started: string[] = [];
  const connector = {
    getMetadata: () => ({ platform_slug: 'activecampaign', platform_name: 'ActiveCampaign' }),
    triggerAutomation: (contact: string, automation: string) => {
      started.push(`${contact} ${automation}`);
      return Promise.resolve();
    },
    ...(hasTriggered && { hasTriggered }),
  } as unknown as CrmConnector;
  return { started, crm: openCrm(() => Promise.resolve(connector), definition, inDoubt, '7') };
}

test('an automation that a contact has entered already is not started again', async () => {
  const asked: unknown[] = [];
  const { crm, started } = connectorThat((...question) => {
    asked.push(question);
    return Promise.resolve(true);
  });
  await crm.triggerAutomation('302');
  expect(started).toEqual([]);
  expect(asked).toEqual([['7', '302', new Date('2026-01-15T10:00:00Z')]]);
});

test('an automation that a contact has not entered is started', async () => {
  const { crm, started } = connectorThat(() => Promise.resolve(false));
  await crm.triggerAutomation('302');
  expect(started).toEqual(['7 302']);
});

test('where nobody can look, the journal decides alone', async () => {
  const { crm, started } = connectorThat();
  await crm.triggerAutomation('302');
  expect(started).toEqual(['7 302']);
});
