import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { WEBINAR_JAM } from '../../_services/webinar-jam/webinar-jam-client.js';
import { registerWithWebinarJam, webinarJamOptions, webinarJamRules } from '../register-webinar-jam.js';

export const webinarJam = defineHelper({
  type: 'webinar_jam',
  category: 'integration',
  title: 'WebinarJam',
  summary: 'Registers the contact for a WebinarJam session.',
  rules: webinarJamRules,
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [WEBINAR_JAM.slug],
  effects: { http: { inDoubt: 'ask' }, setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object(webinarJamOptions),
  run: (context) => registerWithWebinarJam(context, WEBINAR_JAM),
});
