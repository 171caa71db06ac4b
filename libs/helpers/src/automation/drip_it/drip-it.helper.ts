import { z } from 'zod';
import { fieldName, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { DripPosition } from './position.js';

export const dripIt = defineHelper({
  type: 'drip_it',
  category: 'automation',
  title: 'Drip It',
  summary: 'Starts the next automation of a list at every run and remembers the position in a contact field.',
  rules: [
    'The field holds the index of the next step, counted from 0; empty means the first, at or beyond the end means that nothing happens. Change it to go back or forth.',
    'What is no whole number from 0 fails with `state_not_numeric`, and nothing is started.',
    'The automation is started first; when it cannot be, the run fails and the position stays. Then the position is written.',
    'When the position cannot be written the run fails. The platform keeps it, so that neither a retry nor the next run starts the same step twice.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    triggerAutomation: { inDoubt: 'ask' },
    setContactFieldValue: { inDoubt: 'repeat' },
    keepState: 'repeatable',
  },
  config: z.object({
    steps: textList('Automations in order'),
    state_field: fieldName('Contact field with the index of the next step, counted from 0'),
  }),

  async run(context) {
    const { config, crm, remember } = context;
    const position = new DripPosition(context);
    // Remembered: a second delivery goes on with this step, although the field says the next one already.
    const { index, kept } = await remember('position', () => position.read());
    const step = config.steps[index];
    if (step === undefined) return { success: true };
    await crm.triggerAutomation(step);
    await position.write(index, index + 1, kept);
    const next = String(index + 1);
    return {
      success: true,
      modifiedData: { [config.state_field]: next },
      actions: [
        { type: 'automation_triggered', target: crm.contactId, value: step },
        { type: 'field_updated', target: config.state_field, value: next },
      ],
    };
  },
});
