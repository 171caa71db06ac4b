import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { registerWithGoTo } from '../../_services/gotowebinar/gotowebinar-client.js';
import { applyTagOption, applyTagTo } from '../apply-tag.js';
import { externalId } from '../external-id.js';
import { registrantOf } from '../registrant.js';
import { saveField } from '../save-field.js';

export const gotowebinar = defineHelper({
  type: 'gotowebinar',
  category: 'integration',
  title: 'GoToWebinar',
  summary: 'Registers the contact for a GoTo Webinar session.',
  rules: [
    'The contact needs an e-mail address; an empty last name is sent as a dash, because the service asks for one.',
    'An address that is registered already counts as registered and keeps its join link.',
    'Join link and registrant key can be saved to fields. The tag is applied only after the service has accepted.',
    'A refused field or tag is a warning.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['gotowebinar'],
  effects: { http: { inDoubt: 'repeat' }, setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object({
    organizer_key: externalId('Key of the organizer'),
    webinar_key: externalId('Key of the webinar'),
    save_join_url_to: fieldName('Contact field for the join link').optional(),
    save_registrant_key_to: fieldName('Contact field for the registrant key').optional(),
    apply_tag: applyTagOption,
  }),

  async run(context) {
    const { config, crm } = context;
    const { email, firstName, lastName } = await registrantOf(crm);
    const registrant = { firstName, lastName: lastName.trim() === '' ? '-' : lastName, email };
    const { organizer_key: organizer, webinar_key: webinar } = config;
    const registration = await context.effect(
      { step: 'register', operation: 'http', target: webinar, summary: 'Register with GoTo Webinar' },
      () => registerWithGoTo(context, organizer, webinar, registrant),
    );
    if (registration.status === 'DENIED') {
      throw new HelperFailure('upstream_error', 'give_up', 'The organizer has denied this registration.');
    }
    await saveField(context, config.save_join_url_to, registration.joinUrl);
    await saveField(context, config.save_registrant_key_to, registration.registrantKey);
    const writes = new PartialWrites(context);
    await applyTagTo(crm, writes, config.apply_tag);
    return {
      success: true,
      modifiedData: {
        organizer_key: organizer,
        webinar_key: webinar,
        email,
        first_name: firstName,
        last_name: lastName,
        full_name: `${firstName} ${lastName}`.trim(),
        registrant_key: registration.registrantKey,
        join_url: registration.joinUrl,
        status: registration.status,
      },
      actions: [{ type: 'webinar_registered', target: webinar, value: registration.registrantKey }, ...writes.actions],
    };
  },
});
