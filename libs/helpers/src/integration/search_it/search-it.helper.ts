import { z } from 'zod';
import { fieldName, text, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { actOnAll, bulkOptions, findMatches, savedSearch, saveCount, shown } from '../contact-matches.js';
import { contactMatcher } from './match-contact.js';

const DEFAULT_FIELDS = ['email', 'first_name', 'last_name'];
const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1000;

export const searchIt = defineHelper({
  type: 'search_it',
  category: 'integration',
  title: 'Search It',
  summary: 'Finds contacts by a text in chosen fields, and on wish tags them or lets them achieve a goal.',
  rules: [
    'Letter case does not count, and the text is taken literally. A contact matches when one of the fields does; a field that a contact does not have never matches.',
    'All contacts of the CRM, or those with the tag, are looked through until the limit of matches is reached.',
    'The output shows name, address and company of at most 500 of them.',
    'Tags and goals are given to every match; contacts that refuse are left out of the number with a warning.',
    'The number of matches can be stored in a field of the contact of the run; when that is refused, a warning is given.',
    'An unknown way to compare matches nothing. Saved searches of the CRM cannot be run from outside.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
  aliases: { result_field: 'save_count_to' },
  config: z.object({
    search_term: text('Text to look for'),
    search_fields: textList('Fields to look in: names of contact fields, also your own', 0).default(DEFAULT_FIELDS),
    match_mode: text('How to compare: exact, contains or starts_with').default('contains'),
    tag_id: text('Only contacts with this tag').optional(),
    limit: z
      .number()
      .meta({ description: `Most contacts to find, up to ${LARGEST_LIMIT}` })
      .transform((limit) => (limit >= 1 ? Math.min(Math.trunc(limit), LARGEST_LIMIT) : DEFAULT_LIMIT))
      .prefault(DEFAULT_LIMIT),
    apply_tag_to_results: text('Tag for every match').optional(),
    match_tags: textList('Further tags for every match', 0).default([]),
    goal_name: bulkOptions.goal_name,
    save_count_to: fieldName("Field of the run's contact for the number").optional(),
    saved_search_id: savedSearch,
  }),

  async run(context) {
    const { config, crm, remember } = context;
    const { search_term: term, search_fields: given, match_mode: mode, tag_id: tag, limit } = config;
    const fields = given.length > 0 ? given : DEFAULT_FIELDS;
    const found = await remember('matches', async () => {
      const byAddress = mode === 'exact' && fields.every((field) => field === 'email');
      const selection = { ...(tag !== undefined && { tag_id: tag }), ...(byAddress && { email: term }) };
      const { contacts, hasMore } = await findMatches(crm, selection, limit, contactMatcher(term, fields, mode));
      const shape = (contact: (typeof contacts)[number]) => ({
        id: contact.id,
        first_name: contact.first_name,
        last_name: contact.last_name,
        email: contact.email,
        company: contact.company ?? '',
      });
      return { ids: contacts.map(({ id }) => id), contacts: shown(contacts, shape), hasMore };
    });
    const count = found.ids.length;
    const first = config.apply_tag_to_results;
    const tags = [...(first === undefined ? [] : [first]), ...config.match_tags];
    const acted = await actOnAll(context, { tags, goal: config.goal_name, most: limit }, found.ids);
    const saved = await saveCount(context, config.save_count_to, count);
    return {
      success: true,
      modifiedData: {
        search_term: term,
        match_mode: mode,
        result_count: count,
        contacts: found.contacts,
        has_more: found.hasMore,
      },
      actions: [...acted, ...saved, { type: 'search_executed', target: term, value: count }],
    };
  },
});
