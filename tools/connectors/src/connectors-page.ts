import { platformOf } from '#connectors';
import type { VendorResults } from './vendor-results.js';

/** What the features of the suite are, in the words of whoever looks one up. */
const FEATURES: Readonly<Record<string, string>> = {
  getContacts: 'List contacts',
  getContact: 'Read a contact',
  createContact: 'Make a contact',
  updateContact: 'Change a contact',
  deleteContact: 'Delete a contact',
  getTags: 'List tags',
  applyTag: 'Apply a tag',
  removeTag: 'Remove a tag',
  createTag: 'Make a tag',
  getCustomFields: 'List custom fields',
  getContactFieldValue: 'Read a field',
  setContactFieldValue: 'Write a field',
  setOptInStatus: 'Opt in and out of mail',
  createNote: 'Write a note',
  findNote: 'Find a note',
  triggerAutomation: 'Put a contact into an automation',
  hasTriggered: 'Ask whether a contact went into an automation',
  achieveGoal: 'Achieve a goal',
  getGoalAchieved: 'Ask whether a goal is achieved',
  'getRelated invoice': 'Invoices',
  'getRelated job': 'Orders',
  'getRelated subscription': 'Subscriptions',
  'getRelated lead': 'Opportunities',
  'getRelated creditcard': 'Credit cards',
  'getRelated payment': 'Payments',
  updateRelated: 'Move an opportunity to another stage',
  getEmailStats: 'Latest mail, opening and click of an address',
  getEmailHistory: 'Mail to a contact',
  testConnection: 'Test the connection',
  getMetadata: 'Tell who it is',
  getCapabilities: 'Tell what it can do',
};

const nameOf = ({ platform }: VendorResults): string => platformOf(platform, {})?.record.name ?? platform;

/** The page about what each CRM can do, made of the contract suite's results. */
export function connectorsPage(vendors: readonly VendorResults[]): string {
  const notes = new Notes();
  const parts = [
    `# CRMs and what they can do

Generated from what the contract suite found out (\`npm run generate:connectors\`); the suite fails where this page and a
connector differ. How connectors work inside, and how to add one: [connecting-crms.md](connecting-crms.md).`,
    `## Operations

\`–\` is refused as \`unsupported\` before anything is sent.`,
    table(
      ['', ...vendors.map(nameOf)],
      Object.entries(FEATURES).map(([feature, words]) => [
        `${words} \`${feature}\``,
        ...vendors.map((vendor) => notes.marked(vendor, feature)),
      ]),
    ),
    notes.list(),
    `## Requests

How many requests each operation makes, from a cold start unless it says otherwise. Lists of tags and fields are
remembered for five minutes per connection, a contact for the length of a run.`,
    table(['', ...vendors.map(nameOf)], requestRows(vendors)),
    '## Lists and limits',
    table(['', ...vendors.map(nameOf)], listingRows(vendors)),
    '## Fields',
    table(['', ...vendors.map(nameOf)], fieldRows(vendors)),
    `## Failures inside success

Answers with a status of success that are made errors.`,
    vendors
      .map((vendor) => `- ${nameOf(vendor)}: ${vendor.failuresInsideSuccess.join('; ') || 'none are known'}`)
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Notes are numbered as they come. */
class Notes {
  readonly #texts: string[] = [];

  marked(vendor: VendorResults, feature: string): string {
    const state = vendor.features[feature];
    const mark = state === 'supported' ? 'yes' : '–';
    const note = vendor.notes[feature];
    if (note === undefined) return mark;
    const text = `${nameOf(vendor)}: ${note}`;
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return `${mark} [${this.#texts.indexOf(text) + 1}]`;
  }

  list(): string {
    return this.#texts.map((text, index) => `${index + 1}. ${text}`).join('\n');
  }
}

function requestRows(vendors: readonly VendorResults[]): string[][] {
  const scenarios = [...new Set(vendors.flatMap(({ requests }) => Object.keys(requests)))];
  const order = vendors.toSorted((a, b) => Object.keys(b.requests).length - Object.keys(a.requests).length)[0];
  const rank = Object.keys(order?.requests ?? {});
  const place = (scenario: string): number => (rank.indexOf(scenario) + rank.length + 1) % (rank.length + 1);
  return scenarios
    .toSorted((a, b) => place(a) - place(b))
    .map((scenario) => [scenario, ...vendors.map(({ requests }) => String(requests[scenario] ?? '–'))]);
}

function listingRows(vendors: readonly VendorResults[]): string[][] {
  const row = (title: string, tell: (vendor: VendorResults) => string): string[] => [title, ...vendors.map(tell)];
  return [
    row('Sign-in', ({ signIn }) => signIn.join(', ')),
    row('Requests allowed', (vendor) => limitsOf(vendor)),
    row('Contacts on a page', ({ listing }) => String(listing.largestPage)),
    row('Contacts of a tag on a page', ({ listing }) => String(listing.largestTagPage)),
    row('Tells the total', ({ listing }) => (listing.total ? 'yes' : '–')),
    row('Starts at an offset', ({ listing }) => (listing.offset ? 'yes' : '–')),
    row('Orders', ({ listing }) => listing.orders.join(', ') || '–'),
    row('Filters', ({ listing }) => listing.filters.join(', ') || '–'),
    row('A second contact of an address', ({ sameAddress }) => SAME_ADDRESS[sameAddress]),
  ];
}

const SAME_ADDRESS = { another: 'is another one', same: 'is the same one, changed', conflict: 'is refused' } as const;

const COUNTED = { oauth_client: 'by our OAuth client', account: 'by account', credential: 'by connection' } as const;

/** How the vendor counts, in the manifest's figures. */
function limitsOf({ platform }: VendorResults): string {
  const budgets = platformOf(platform, {})?.budgets ?? [];
  const words = budgets.map(({ name, of, only, windows }) => {
    const allowed = windows.map(({ limit, ms }) => `${limit} in ${timeWords(ms)}`).join(', ');
    return `${only === true ? `${name}: ` : ''}${allowed} ${COUNTED[of]}`;
  });
  return words.join('; ') || 'as its plan says';
}

function timeWords(ms: number): string {
  if (ms === 86_400_000) return 'a day';
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

function fieldRows(vendors: readonly VendorResults[]): string[][] {
  const has = (title: string, tell: (vendor: VendorResults) => boolean): string[] => [
    title,
    ...vendors.map((vendor) => (tell(vendor) ? 'yes' : '–')),
  ];
  const standard = [...new Set(vendors.flatMap(({ standardFields }) => standardFields))];
  const sorts = [...new Set(vendors.flatMap(({ fieldSorts }) => fieldSorts))];
  return [
    ...standard.map((field) => has(`\`${field}\``, ({ standardFields }) => standardFields.includes(field))),
    ...sorts.map((sort) => has(`custom field: ${sort}`, ({ fieldSorts }) => fieldSorts.includes(sort))),
  ];
}

/** A table as the formatter writes it: columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((_cell, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others.map(line)].join('\n');
}
