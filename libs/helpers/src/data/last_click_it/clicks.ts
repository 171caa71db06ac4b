import { fieldText } from '../../_kit/text/field-text.js';

const ASSUMED_DAYS = 30;
const DEFAULT_PERIOD_DAYS = 7;

/** The number of clicks a CRM tells: whole numbers, also as text; anything else counts as none. */
export function clickCount(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0;
  return typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : 0;
}

/** Clicks in a period, when all of them happened within 30 days; periods that do not fit into those get them all. */
export function clicksPerPeriod(clicks: number, periodDays: number): number {
  const periods = Math.floor(ASSUMED_DAYS / (periodDays > 0 ? periodDays : DEFAULT_PERIOD_DAYS));
  return periods > 0 ? Math.trunc(clicks / periods) : clicks;
}

/** Whether a CRM's answer about a goal means that it was achieved. */
export const isAchieved = (value: unknown): boolean => ['true', '1'].includes(fieldText(value).trim().toLowerCase());
