import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';
import { engagementLevel, progressOf, reportedProgress, type Progress } from './progress.js';
import { videoTriggerItConfig, type VideoTriggerItConfig } from './video-trigger-it.config.js';

type Context = RunContext<VideoTriggerItConfig>;

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Addresses of videos may be longer than keys. */
const LONGEST_VIDEO = 100;

/** Names a threshold of a video for a contact: what was triggered for it once is not triggered again. */
function keyOf({ config, crm, crypto, identity }: Context, { percent }: Progress): string {
  const { video_id: id } = config;
  const video = id.length > LONGEST_VIDEO ? crypto.sha256(id, 'hex') : id;
  return `video_trigger_it:${identity.accountId}:${identity.helperId}:${crm.contactId}:${percent}:${video}`;
}

/** Whether this report is about our video, far enough, and the first to be. */
async function triggers(context: Context, reported: Progress, threshold: Progress): Promise<boolean> {
  const { config, input, state } = context;
  const video = fieldText(input['video_id']);
  if ((video !== '' && video !== config.video_id) || reported.percent < threshold.percent) return false;
  return (await state.read(keyOf(context, threshold))) === null;
}

async function rememberTriggered(context: Context, threshold: Progress): Promise<void> {
  const { clock, crm, effect, state } = context;
  const intent = {
    step: 'triggered',
    operation: 'keepState',
    target: crm.contactId,
    summary: 'Keep the threshold',
  } as const;
  const next = clock.now().toISOString();
  await effect(intent, () => state.compareAndSet({ key: keyOf(context, threshold), expected: null, next }));
}

/** A link of the page whose player reports progress to this helper. */
async function makePlayerLink(context: Context, field: string): Promise<HelperResult> {
  const { config, crm, identity, links } = context;
  const { video_id, video_title, video_source, autoplay, show_controls, custom_percent } = config;
  const claims = { account_id: identity.accountId, helper_id: identity.helperId, contact_id: crm.contactId };
  const player = { video_id, video_title, video_source, autoplay, show_controls, custom_percent };
  const url = await links.sign('video', { ...claims, ...player }, { expiresInSeconds: YEAR_SECONDS });
  await crm.writeField(field, url);
  return {
    success: true,
    modifiedData: { video_id, player_url: url },
    actions: [{ type: 'field_updated', target: field, value: url }],
  };
}

async function write(context: Context, timestamp: string): Promise<PartialWrites> {
  const { config, crm } = context;
  const { save_to_field: field, apply_tag: tag, achieve_goal: goal, integration } = config;
  const writes = new PartialWrites(context);
  if (field !== undefined) {
    const action = { type: 'field_updated', target: field, value: timestamp };
    await writes.attempt('The instant could not be saved', () => crm.writeField(field, timestamp), action);
  }
  if (tag !== undefined) {
    const action = { type: 'tag_applied', target: crm.contactId, value: tag };
    await writes.attempt('The tag could not be applied', () => crm.applyTag(tag), action);
  }
  if (goal !== undefined) {
    const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
    await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal, integration), action);
  }
  return writes;
}

export const videoTriggerIt = defineHelper({
  type: 'video_trigger_it',
  category: 'automation',
  title: 'Video Trigger It',
  summary: 'Records a video-watching event on the contact: field, tag and goal.',
  rules: [
    'A player page, a player script or a video platform reports progress as `event_type` or `percent`, and `watch_duration`, in the input. What is below the configured share, or about another video, changes nothing.',
    'A reported share counts once per contact, video and threshold. Without a report the run stands for the configured event.',
    'Field, tag and goal follow in this order. What fails is a warning, and the run fails when everything it tried failed.',
    "With a field for it, a run without a report makes a signed link of the player's page, valid for a year, and does nothing else.",
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: {
    setContactFieldValue: 'repeatable',
    applyTag: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
    keepState: 'repeatable',
  },
  config: videoTriggerItConfig,

  async run(context) {
    const { config, clock, input, remember } = context;
    const reported = reportedProgress(input);
    const { save_player_link_to: linkField } = config;
    if (reported === null && linkField !== undefined) return makePlayerLink(context, linkField);
    const threshold = progressOf(config.event_type, config.custom_percent);
    const progress = reported ?? threshold;
    // Remembered: the first delivery keeps the threshold, and a second one has to go on with what that one began.
    const { triggered, timestamp } = await remember('decision', async () => ({
      triggered: reported === null || (await triggers(context, reported, threshold)),
      timestamp: clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    }));
    const data = {
      video_id: config.video_id,
      video_title: config.video_title ?? config.video_id,
      event_type: progress.event,
      engagement_level: engagementLevel(progress),
      percentage_watched: progress.percent,
      watch_duration: readNumber(input['watch_duration'])?.toNumber() ?? config.watch_duration,
      timestamp,
      triggered,
    };
    if (!triggered) return { success: true, modifiedData: data };
    const result = (await write(context, timestamp)).result(data);
    if (reported !== null && result.success) await rememberTriggered(context, threshold);
    return result;
  },
});
