import { z } from 'zod';
import { text } from '../../_kit/config/options.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { atPayloadPath, byRewrittenKey } from '../payload-path.js';

const config = z.looseObject({
  event_tag_map: z
    .record(z.string(), z.union([z.string(), z.number()]).transform(fieldText))
    .refine((map) => Object.keys(map).length > 0, { error: 'Needs at least one event', params: { missing: true } })
    .meta({ description: 'Event names and the tag, by id or name, of each' }),
  event_field: text('Dotted path to the event name in the payload').default('event'),
  default_tag_id: text('Tag, by id or name, for events that are not in the map').optional(),
  webhook_data: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Payload, when the request brings none' })
    .optional(),
  hook_action: text('Event, when no payload names one').optional(),
});

/** The first source that names an event: the request, then the configuration's payload, event and own keys. */
function eventOf({ config: options, input }: RunContext<z.output<typeof config>>): string {
  const { event_field: path, webhook_data: payload, hook_action: action } = options;
  const sources = [
    atPayloadPath(input, path),
    input['hook_action'],
    atPayloadPath(payload, path),
    action,
    options[path],
  ];
  const named = sources.find((each) => (typeof each === 'string' && each !== '') || typeof each === 'number');
  return fieldText(named);
}

export const hookItV2 = defineHelper({
  type: 'hook_it_v2',
  category: 'integration',
  title: 'Hook It V2 (Tag Router)',
  summary: "Applies the tag that belongs to an event's name.",
  rules: [
    'The event is read from the request at `event_field`, then from `hook_action`, then from the configuration.',
    'Event names match exactly, letter case included. What is not in the map gets the default tag; a run that names no event gets none.',
    'No tag to apply is a success with `tag_applied` false; a refused tag fails the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { applyTag: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm } = context;
    const event = eventOf(context);
    if (event === '') {
      context.warn(`The payload names no event at "${options.event_field}"; nothing was applied.`);
      return { success: true, modifiedData: { event_type: '', tag_applied: false } };
    }
    const mapped = byRewrittenKey(options.event_tag_map, event)?.trim() ?? '';
    const given = mapped === '' ? options.default_tag_id : mapped;
    if (given === undefined) return { success: true, modifiedData: { event_type: event, tag_applied: false } };
    for (const { tag } of await resolveTags(crm, [given])) await crm.applyTag(tag);
    return {
      success: true,
      modifiedData: { event_type: event, tag_id: given, tag_applied: true },
      actions: [{ type: 'tag_applied', target: crm.contactId, value: given }],
    };
  },
});
