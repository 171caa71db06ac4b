import { z } from 'zod';
import { fieldName, flag, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { emailDate, emailDateOptions, readEmailDate, writtenDate } from '../email-date.js';
import { clickCount, clicksPerPeriod, isAchieved } from './clicks.js';

const DAY_MS = 24 * 3600 * 1000;
const SOURCE = 'email';

const conversion = z.object({
  enabled: flag('Look whether the goal was achieved').default(false),
  goal_name: text('Goal to look for').optional(),
  conversion_field: fieldName('Field for true or false').optional(),
});

const frequency = z.object({
  enabled: flag('Count clicks per period').default(false),
  analysis_period_days: z.number().meta({ description: 'Length of a period in days' }).default(7),
  frequency_field: fieldName('Field for the number').optional(),
});

export const lastClickIt = defineHelper({
  type: 'last_click_it',
  category: 'data',
  title: 'Last Click It',
  summary: "Stores the date of the contact's last e-mail click, and on wish its source, conversion and frequency.",
  rules: [
    'The date is that of the chosen address of the contact. Without an address or a date nothing is written.',
    'A click older than the attribution window writes nothing; one exactly as old counts. A date that cannot be read fails with `date_not_recognised`.',
    'The source is always `email`.',
    'Conversion says whether the goal was achieved, as true or false.',
    'Frequency is the number of clicks that the CRM counts, divided by the number of whole periods in 30 days.',
    'A further field that cannot be written is left out with a warning; the date itself must be written.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { target_field: 'save_to' },
  config: z.object({
    ...emailDateOptions,
    attribution_window_days: z
      .number()
      .meta({ description: 'Ignore clicks older than this many days; 0 for no limit' })
      .default(0),
    click_source_field: fieldName('Field for the source of the click').optional(),
    conversion_tracking: conversion.meta({ description: 'Conversion check' }).prefault({}),
    click_frequency_analysis: frequency.meta({ description: 'Clicks per period' }).prefault({}),
  }),

  async run(context) {
    const { config, crm, clock } = context;
    const { save_to: target, attribution_window_days: days, conversion_tracking: goal } = config;
    const date = await readEmailDate(crm, config.email_field, 'LastClickDate');
    if (date === null) return { success: true };
    const age = clock.now().getTime() - emailDate(date).toMillis();
    if (days > 0 && age > days * DAY_MS) return { success: true };

    const value = writtenDate(date, config);
    await crm.writeField(target, value);
    const writes = new PartialWrites(context);
    writes.actions.push({ type: 'field_updated', target, value });
    const further = async (field: string | undefined, written: string | number): Promise<void> => {
      if (field === undefined) return;
      const action = { type: 'field_updated', target: field, value: written };
      await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, written), action);
    };
    await further(config.click_source_field, SOURCE);
    const { goal_name: name } = goal;
    let converted = false;
    if (goal.enabled && name !== undefined) {
      const known = await writes.attempt(`Goal ${name} could not be looked up`, async () => {
        converted = isAchieved(await crm.readField(`_goal.${name}.achieved`));
      });
      if (known) await further(goal.conversion_field, String(converted));
    }
    let clicks = 0;
    const { enabled, analysis_period_days: period, frequency_field: frequencyField } = config.click_frequency_analysis;
    if (enabled) {
      const known = await writes.attempt('Clicks could not be counted', async () => {
        clicks = clicksPerPeriod(clickCount(await crm.readField('click_count')), period);
      });
      if (known) await further(frequencyField, clicks);
    }
    const modifiedData = {
      last_click_date: value,
      click_source: SOURCE,
      converted,
      clicks_per_period: clicks,
      within_window: true,
    };
    return { success: true, modifiedData, actions: writes.actions };
  },
});
