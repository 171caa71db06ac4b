import { IANAZone } from 'luxon';

/** Whether a text is the name of a time zone that is known here. */
export const isTimeZone = (name: string): boolean => IANAZone.isValidZone(name);
