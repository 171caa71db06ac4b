import { z } from 'zod';
import { flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { RunContext } from '../../_kit/run-context.js';
import { includesAddress, optionalZoom, webinarOf } from '../attendance.js';
import { applyWebinarTags, webinarTagOptions } from '../webinar-tags.js';

/** Whether Zoom lists the contact among those who did not come; unknown counts as yes. */
async function wasAbsent(context: RunContext<unknown>, instance: string): Promise<boolean> {
  const zoom = instance === '' ? null : await optionalZoom(context);
  if (zoom === null) return true;
  const { email } = await context.crm.contact();
  return context.remember('absent', async () => includesAddress(await zoom.absentees(instance), email));
}

export const zoomWebinarAbsentee = defineHelper({
  type: 'zoom_webinar_absentee',
  category: 'integration',
  title: 'Zoom Webinar Absentee',
  summary: 'Tags a registrant who did not come.',
  rules: [
    'With a connected Zoom account and a webinar, Zoom is asked whether the contact is among the absentees; one who is not gets no tag. Without, the request counts.',
    'Tags are applied in this order: "{prefix} No Show", "{prefix} Registered", "{prefix} ID:{webinar}", then the configured ones.',
    'Tags are found by name in any letter case, configured ones also by id. One that does not exist is a warning, or created when asked; when none exists the run fails with `tag_not_found`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['zoom'],
  effects: { applyTag: 'repeatable', createTag: 'repeatable' },
  config: z.object({
    ...webinarTagOptions,
    apply_no_show_tag: flag('Apply the tag for not coming').default(true),
    apply_registered_tag: flag('Apply the tag for having registered').default(true),
  }),

  async run(context) {
    const { config } = context;
    const { id, instance } = webinarOf(context);
    if (!(await wasAbsent(context, instance))) {
      return { success: true, modifiedData: { status: 'not_absent', tags_applied: 0 } };
    }
    const prefix = config.tag_prefix;
    const names = [
      ...(config.apply_no_show_tag ? [`${prefix} No Show`] : []),
      ...(config.apply_registered_tag ? [`${prefix} Registered`] : []),
      ...(id === '' ? [] : [`${prefix} ID:${id}`]),
    ];
    return applyWebinarTags(context, names, { status: 'no_show' });
  },
});
