import { z } from 'zod';
import { choice, fieldName, flag, requireOption, text } from '../../_kit/config/options.js';
import { VIDEO_EVENTS } from './progress.js';

export const videoTriggerItConfig = z
  .object({
    video_id: text('Id or URL of the video'),
    event_type: choice(VIDEO_EVENTS, 'How much must have been watched'),
    custom_percent: z.number().gt(0).max(100).meta({ description: 'Percent, above 0, for custom_percent' }).optional(),
    watch_duration: z.number().min(0).meta({ description: 'Seconds watched, when no player reports them' }).default(0),
    video_title: text('Title; the id when left out').optional(),
    apply_tag: text('Tag, by id or name').optional(),
    achieve_goal: text('Call name of the goal').optional(),
    integration: text('Integration name of the goal').default('video_trigger_it'),
    save_to_field: fieldName('Contact field for the instant').optional(),
    save_player_link_to: fieldName(
      "Contact field for a signed link of the player's page; a run that reports no progress then makes the link and does nothing else",
    ).optional(),
    video_source: choice(['youtube', 'vimeo', 'wistia'], 'Where the video is, for the player').optional(),
    autoplay: flag('The player starts by itself').default(false),
    show_controls: flag('The player shows its controls').default(true),
  })
  .superRefine(({ event_type: event, custom_percent: percent }, context) => {
    if (event === 'custom_percent' && percent === undefined) {
      requireOption(context, 'custom_percent', 'because event_type is custom_percent');
    }
  });
export type VideoTriggerItConfig = z.output<typeof videoTriggerItConfig>;
