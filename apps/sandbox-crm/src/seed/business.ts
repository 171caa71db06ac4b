/** What the seeded business sells, to whom, and what it writes about them. All companies are invented. */
export const COMPANY_NAMES: readonly [string, ...string[]] = [
  'Birchwood Dental',
  'Copperline Fitness',
  'Driftwood Travel',
  'Everglow Candles',
  'Foxglove Legal',
  'Granite Peak Roofing',
  'Harbor & Vine',
  'Ironbark Coaching',
  'Juniper Analytics',
  'Kestrel Logistics',
  'Lumen Yoga',
  'Marigold Bakery',
  'Northwind Cycles',
  'Ohana Childcare',
  'Paper Lantern Studio',
  'Quillworks Publishing',
  'Red Heron Films',
  'Saltmarsh Seafood',
  'Tamarind Catering',
  'Upland Surveyors',
  'Violet Hour Florists',
  'Willow & Finch Interiors',
  'Yarrow Physiotherapy',
  'Zephyr Solar',
];

/** The company's part of its addresses. */
export const domainOf = (company: string): string => company.toLowerCase().replaceAll(/[^a-z]+/g, '-');

export const JOB_TITLES: readonly [string, ...string[]] = [
  'Owner',
  'Office Manager',
  'Marketing Lead',
  'Coach',
  'Consultant',
  'Head of Sales',
  'Bookkeeper',
  'Director',
  'Practice Manager',
  'Head of Operations',
  'Event Planner',
  'Founder',
];

interface Product {
  name: string;
  priceMinor: number;
}

export const PRODUCTS: readonly [Product, ...Product[]] = [
  { name: 'Starter Course', priceMinor: 4_900 },
  { name: 'Coaching Session', priceMinor: 12_500 },
  { name: 'Annual Membership', priceMinor: 49_900 },
  { name: 'Workbook', priceMinor: 1_950 },
  { name: 'Weekend Workshop', priceMinor: 29_900 },
];

export const OPPORTUNITY_TITLES: readonly [string, ...string[]] = [
  'Yearly programme',
  'Team workshop',
  'Speaker for the spring conference',
  'Licences for ten seats',
];

interface NoteText {
  type: string;
  title: string;
  text: string;
}

export const NOTE_TEXTS: readonly [NoteText, ...NoteText[]] = [
  { type: 'Call', title: 'First talk', text: 'Wants to hear more next month.' },
  { type: 'Email', title: 'Asked about prices', text: 'Sent the price list for small teams.' },
  { type: 'Appointment', title: 'Met at the conference', text: 'Interested in the weekend workshop, two places.' },
  { type: 'Other', title: 'Moved', text: 'New postal address since the summer.' },
];

export const BACKGROUNDS: readonly [string, ...string[]] = [
  'Came through the newsletter and has read every issue since.',
  'Runs a small practice with four colleagues.\nPrefers to be called in the morning.',
  'Recommended by an earlier customer.',
  'Met at a trade fair; compares us with two others.',
];

export const REFERRAL_SITES: readonly [string, ...string[]] = [
  'https://blog.example/coaching',
  'https://fairs.example/spring',
  'https://podcast.example/episode/12',
];
