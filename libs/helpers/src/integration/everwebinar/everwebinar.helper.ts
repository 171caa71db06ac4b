import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { EVER_WEBINAR } from '../../_services/webinar-jam/webinar-jam-client.js';
import {
  everWebinarOptions,
  registerWithWebinarJam,
  webinarJamOptions,
  webinarJamRules,
} from '../register-webinar-jam.js';

export const everwebinar = defineHelper({
  type: 'everwebinar',
  category: 'integration',
  title: 'EverWebinar',
  summary: 'Registers the contact for an EverWebinar session.',
  rules: webinarJamRules,
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [EVER_WEBINAR.slug],
  effects: { http: { inDoubt: 'ask' }, setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object({ ...webinarJamOptions, ...everWebinarOptions }),
  run: (context) => registerWithWebinarJam(context, EVER_WEBINAR),
});
