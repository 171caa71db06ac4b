import { z } from 'zod';
import { choice, fieldName, requireOption, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { actOnAll, bulkOptions, findMatches, savedSearch, saveCount, shown } from '../contact-matches.js';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 10_000;
const QUERY_TYPES = ['all', 'email', 'tag'] as const;

const isQueryType = (value: unknown): boolean => QUERY_TYPES.some((type) => type === value);

const config = z
  .object({
    query_type: choice(QUERY_TYPES, 'What to select by').default('all'),
    email: text('Address to look for').optional(),
    tag_id: text('Tag that the contacts have').optional(),
    limit: z
      .number()
      .meta({ description: `Most contacts to find, up to ${LARGEST_LIMIT}` })
      .transform((limit) => (limit >= 1 ? Math.min(Math.trunc(limit), LARGEST_LIMIT) : DEFAULT_LIMIT))
      .prefault(DEFAULT_LIMIT),
    save_count_to: fieldName("Field of the run's contact for the number").optional(),
    saved_search_id: savedSearch,
    ...bulkOptions,
  })
  .superRefine((options, context) => {
    const { query_type: type, action_type: action } = options;
    if (type === 'email' && options.email === undefined) requireOption(context, 'email', 'to select by e-mail');
    if (type === 'tag' && options.tag_id === undefined) requireOption(context, 'tag_id', 'to select by tag');
    if (action === 'tag' && options.action_tags === undefined) requireOption(context, 'action_tags', 'for the action');
    if (action === 'goal' && options.goal_name === undefined) requireOption(context, 'goal_name', 'for the action');
    if (action === 'helper' && options.action_helper_id === undefined)
      requireOption(context, 'action_helper_id', 'for the action');
  });
type Config = z.output<typeof config>;

const selectionOf = ({ query_type: type, email, tag_id: tag }: Config) => ({
  ...(type === 'email' && email !== undefined && { email }),
  ...(type === 'tag' && tag !== undefined && { tag_id: tag }),
});

const actionOf = ({ action_type: type, action_tags: tags = [], goal_name: goal, ...options }: Config) => ({
  tags: type === 'tag' ? tags : [],
  goal: type === 'goal' ? goal : undefined,
  helperId: type === 'helper' ? options.action_helper_id : undefined,
  most: options.batch_size,
});

export const queryItBasic = defineHelper({
  type: 'query_it_basic',
  category: 'integration',
  title: 'Query It Basic',
  summary: 'Finds contacts by e-mail, by tag or all, counts them, and on wish does something to each.',
  rules: [
    'Contacts are read page by page until the limit is reached; whether there are more is part of the output.',
    'The output shows name and address of at most 500 of them.',
    'The number can be stored in a field of the contact of the run; when that is refused, a warning is given.',
    'Each contact found can get tags, achieve a goal, or have another helper run for it: those executions are queued one after the other. The batch size is the most contacts for which one run does that.',
    'An unknown query type means all contacts. Saved searches of the CRM cannot be run from outside.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: {
    setContactFieldValue: 'repeatable',
    applyTag: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
    startChildren: 'repeatable',
  },
  reshape: ({ query_type: type, ...others }) => (isQueryType(type) ? { query_type: type, ...others } : others),
  config,

  async run(context) {
    const { crm, remember } = context;
    const { query_type: type, limit, save_count_to: field } = context.config;
    const found = await remember('matches', async () => {
      const { contacts, hasMore } = await findMatches(crm, selectionOf(context.config), limit);
      const shape = (contact: (typeof contacts)[number]) => ({
        id: contact.id,
        first_name: contact.first_name,
        last_name: contact.last_name,
        email: contact.email,
      });
      return { ids: contacts.map(({ id }) => id), contacts: shown(contacts, shape), hasMore };
    });
    const count = found.ids.length;
    const acted = await actOnAll(context, actionOf(context.config), found.ids);
    const saved = await saveCount(context, field, count);
    return {
      success: true,
      modifiedData: { query_type: type, result_count: count, contacts: found.contacts, has_more: found.hasMore },
      actions: [...acted, ...saved, { type: 'query_executed', target: type, value: count }],
    };
  },
});
