import { z } from 'zod';
import { flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { RunContext } from '../../_kit/run-context.js';
import { readNumber } from '../../_kit/text/read-number.js';
import { attendanceOf, optionalZoom, webinarOf, type Attendance } from '../attendance.js';
import { applyWebinarTags, webinarTagOptions } from '../webinar-tags.js';

const percentage = (description: string) => z.number().meta({ description });

const config = z.object({
  ...webinarTagOptions,
  attended_percent: percentage('Percent of the webinar attended, when the request says nothing').optional(),
  duration_minutes: z.number().meta({ description: 'Minutes attended, when the request says nothing' }).optional(),
  high_engagement_threshold: percentage('High engagement from this percentage on').default(75),
  medium_engagement_threshold: percentage('Medium engagement from this percentage on').default(50),
  apply_attendance_tag: flag('Apply the tag for attending').default(true),
  apply_engagement_tags: flag('Apply the tag of the engagement').default(true),
  apply_duration_tag: flag('Apply the tag of the duration').default(false),
});
type Config = z.output<typeof config>;

const TITLES = { high: 'High', medium: 'Medium', low: 'Low', none: '' } as const;

function engagement(options: Config, percent: number): keyof typeof TITLES {
  if (percent >= options.high_engagement_threshold) return 'high';
  if (percent >= options.medium_engagement_threshold) return 'medium';
  return percent > 0 ? 'low' : 'none';
}

function durationRange(minutes: number): string {
  if (minutes >= 60) return '60+ min';
  if (minutes >= 30) return '30-60 min';
  return minutes >= 15 ? '15-30 min' : '<15 min';
}

const given = (...values: unknown[]): number | undefined =>
  values.map((value) => readNumber(value)?.toNumber()).find((value) => value !== undefined && value >= 0);

/** What the request says, then the configuration, then Zoom's report where the helper is connected to it. */
async function attendance(context: RunContext<Config>, instance: string): Promise<Attendance> {
  const { config: options, input, crm, remember } = context;
  const percent = given(input['attended_percent'], options.attended_percent);
  const minutes = given(input['duration_minutes'], options.duration_minutes);
  if (percent !== undefined || minutes !== undefined) return { percent: percent ?? 0, minutes: minutes ?? 0 };
  const zoom = instance === '' ? null : await optionalZoom(context);
  if (zoom === null) return { percent: 0, minutes: 0 };
  return remember('attendance', async () => {
    const { email } = await crm.contact();
    return attendanceOf(email, await zoom.participants(instance), await zoom.pastMinutes(instance));
  });
}

export const zoomWebinarParticipant = defineHelper({
  type: 'zoom_webinar_participant',
  category: 'integration',
  title: 'Zoom Webinar Participant',
  summary: 'Tags a webinar attendee by attendance, engagement and duration.',
  rules: [
    'Percent and minutes come from the request, then from the configuration, then from the report of the connected Zoom account, where the times of one e-mail address are added up.',
    'Tags are applied in this order: "{prefix} Attended", the engagement, the duration, "{prefix} ID:{webinar}", then the configured ones.',
    'Thresholds are inclusive; zero percent gives no engagement tag.',
    'Tags are found by name in any letter case, configured ones also by id. One that does not exist is a warning, or created when asked; when none exists the run fails with `tag_not_found`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['zoom'],
  effects: { applyTag: 'repeatable', createTag: 'repeatable' },
  config,

  async run(context) {
    const { config: options } = context;
    const { id, instance } = webinarOf(context);
    const { percent, minutes } = await attendance(context, instance);
    const level = engagement(options, percent);
    const prefix = options.tag_prefix;
    const names = [
      ...(options.apply_attendance_tag ? [`${prefix} Attended`] : []),
      ...(options.apply_engagement_tags && percent > 0 ? [`${prefix} ${TITLES[level]} Engagement`] : []),
      ...(options.apply_duration_tag && minutes > 0 ? [`${prefix} Duration: ${durationRange(minutes)}`] : []),
      ...(id === '' ? [] : [`${prefix} ID:${id}`]),
    ];
    return applyWebinarTags(context, names, {
      attended_percent: percent,
      duration_minutes: minutes,
      engagement_level: level,
    });
  },
});
