/** What a countdown shows. */
export interface TimeLeft {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whole seconds until an instant, begun ones counted; 0 once it is over. */
export const secondsUntil = (expiresAt: Date, now: Date): number =>
  Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / 1000));

/** A number of seconds in days, hours, minutes and seconds. */
export const timeLeft = (seconds: number): TimeLeft => ({
  days: Math.floor(seconds / DAY),
  hours: Math.floor((seconds % DAY) / HOUR),
  minutes: Math.floor((seconds % HOUR) / MINUTE),
  seconds: seconds % MINUTE,
});
