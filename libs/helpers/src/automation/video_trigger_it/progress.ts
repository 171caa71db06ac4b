import { HelperFailure } from '../../_kit/helper-failure.js';
import { readNumber } from '../../_kit/text/read-number.js';

export const VIDEO_EVENTS = [
  'view_start',
  '25_percent',
  '50_percent',
  '75_percent',
  '100_percent',
  'custom_percent',
] as const;
export type VideoEvent = (typeof VIDEO_EVENTS)[number];

const PERCENT: Readonly<Record<Exclude<VideoEvent, 'custom_percent'>, number>> = {
  view_start: 0,
  '25_percent': 25,
  '50_percent': 50,
  '75_percent': 75,
  '100_percent': 100,
};

/** How much of a video was watched, as an event and in percent. */
export interface Progress {
  event: VideoEvent;
  percent: number;
}

export const progressOf = (event: VideoEvent, customPercent = 0): Progress => ({
  event,
  percent: event === 'custom_percent' ? customPercent : PERCENT[event],
});

const isEvent = (name: unknown): name is VideoEvent => VIDEO_EVENTS.some((event) => event === name);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function readPercent(value: unknown): number {
  const percent = readNumber(value)?.toNumber();
  if (percent !== undefined && percent >= 0 && percent <= 100) return percent;
  throw new HelperFailure('invalid_input', 'give_up', 'The percent in the input must be a number from 0 to 100.');
}

function eventOf(percent: number): VideoEvent {
  return VIDEO_EVENTS.find((event) => event !== 'custom_percent' && PERCENT[event] === percent) ?? 'custom_percent';
}

/**
 * The progress that a player or a video platform reported with this run.
 * @returns null when none was reported
 * @throws HelperFailure `invalid_input`
 */
export function reportedProgress(input: Readonly<Record<string, unknown>>): Progress | null {
  const { event_type: event, percent = input['custom_percent'] } = input;
  if (!isGiven(event)) {
    if (!isGiven(percent)) return null;
    const read = readPercent(percent);
    return { event: eventOf(read), percent: read };
  }
  if (!isEvent(event)) {
    throw new HelperFailure('invalid_input', 'give_up', `The event type must be one of ${VIDEO_EVENTS.join(', ')}.`);
  }
  return isGiven(percent) ? { event, percent: readPercent(percent) } : progressOf(event);
}

/** In words, for people. */
export function engagementLevel({ event, percent }: Progress): string {
  if (event === 'view_start') return 'Started watching';
  if (event === '100_percent') return 'Completed video';
  return `Watched ${percent.toFixed(0)}%`;
}
