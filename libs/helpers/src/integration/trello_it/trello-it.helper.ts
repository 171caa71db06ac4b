import { DateTime } from 'luxon';
import { z } from 'zod';
import { fieldName, text, textList, wholeNumber } from '../../_kit/config/options.js';
import { mergeContact } from '../../_kit/crm/merge-contact.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { createCard } from '../../_services/trello/trello-client.js';

export const trelloIt = defineHelper({
  type: 'trello_it',
  category: 'integration',
  title: 'Trello It',
  summary: 'Makes a Trello card filled with values of the contact.',
  rules: [
    'Name and description may hold `{field}` and `{{Field}}`, by key or label, in both spellings of standard fields. Tokens are replaced in one pass; an unknown one becomes empty.',
    'An execution makes one card. When an attempt was interrupted and nobody knows whether the card was made, the run fails with `effect_in_doubt`.',
    'Afterwards the tag is applied and the link of the card is written to `save_url_to`; when one of these is refused, the run succeeds with a warning.',
    'A card that landed on another board than `board_id` is reported as a warning.',
    'Needs a Trello connection with API key and token, which travel in a header and never appear in results.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['trello'],
  effects: { http: { inDoubt: 'ask' }, applyTag: 'repeatable', setContactFieldValue: 'repeatable' },
  config: z.object({
    board_id: text('Board of the list'),
    list_id: text('List that gets the card'),
    card_name_template: text('Name of the card, may hold tokens'),
    card_description_template: text('Description, may hold tokens').optional(),
    label_ids: textList('Labels of the card', 0).default([]),
    member_ids: textList('Members who get the card', 0).default([]),
    due_in_days: wholeNumber('Days from the run until the card is due').optional(),
    apply_tag: text('Tag for the contact; id or name').optional(),
    save_url_to: fieldName('Field that receives the link of the card').optional(),
  }),

  async run(context) {
    const { config, crm, http, services, clock, effect, remember, warn } = context;
    const spellings = ['double', 'single'] as const;
    const { due_in_days: days, apply_tag: tag, save_url_to: field } = config;
    const credentials = await services.connection('trello');
    const { name, description, due } = await remember('card', async () => ({
      name: await mergeContact(crm, config.card_name_template, { spellings }),
      description: await mergeContact(crm, config.card_description_template ?? '', { spellings }),
      due: days === undefined ? null : DateTime.fromJSDate(clock.now(), { zone: 'utc' }).plus({ days }).toISO(),
    }));
    const made = { step: 'card', operation: 'http', target: config.list_id, summary: 'Make a Trello card' } as const;
    const card = await effect(made, () =>
      createCard(http, credentials, {
        listId: config.list_id,
        name,
        description,
        labelIds: config.label_ids,
        memberIds: config.member_ids,
        ...(due === null ? {} : { due }),
      }),
    );
    if (card.boardId !== '' && card.boardId !== config.board_id) {
      warn(`The list belongs to board ${card.boardId}, not to ${config.board_id}.`);
    }
    // The card is the result: what is noted on the contact may fail without undoing it.
    const writes = new PartialWrites(context);
    if (tag !== undefined) {
      const action = { type: 'tag_applied', target: crm.contactId, value: tag };
      const apply = async (): Promise<void> => {
        for (const each of await resolveTags(crm, [tag])) await crm.applyTag(each.tag);
      };
      await writes.attempt(`Tag ${tag} could not be applied`, apply, action);
    }
    if (field !== undefined && card.url !== '') {
      const action = { type: 'field_updated', target: field, value: card.url };
      await writes.attempt(`${field} could not be written`, () => crm.writeField(field, card.url), action);
    }
    return {
      success: true,
      modifiedData: {
        card_id: card.id,
        card_url: card.url,
        card_name: name,
        board_id: config.board_id,
        list_id: config.list_id,
        contact_id: crm.contactId,
      },
      actions: writes.actions,
    };
  },
});
