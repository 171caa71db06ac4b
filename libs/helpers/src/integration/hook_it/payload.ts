import type { FieldValue } from '#connectors';
import { contactField } from '../../_kit/crm/contact-fields.js';
import type { RunContext } from '../../_kit/run-context.js';
import { conditionHolds } from '../../_kit/text/condition.js';
import { fieldText } from '../../_kit/text/field-text.js';
import type { HookItConfig, Transform } from './hook-it.config.js';

type Context = RunContext<HookItConfig>;
type Body = Record<string, unknown>;

export const unixSeconds = ({ clock }: Context): number => Math.floor(clock.now().getTime() / 1000);

const base = (context: Context): Body => ({
  contact_id: context.crm.contactId,
  account_id: context.identity.accountId,
  helper_id: context.identity.helperId,
  timestamp: unixSeconds(context),
});

/** The body of v2 and v4: who, and the whole contact. */
export async function contactBody(context: Context): Promise<string> {
  return JSON.stringify({ ...base(context), contact_data: await context.crm.contact() });
}

/** A field by any name that the contact or the CRM knows it by. */
async function fieldOf({ crm }: Context, name: string): Promise<FieldValue> {
  const own = contactField(await crm.contact(), name);
  return own === undefined ? crm.readField(name) : own;
}

function transformed(context: Context, text: string, transform: Transform): string {
  switch (transform) {
    case 'uppercase':
      return text.toUpperCase();
    case 'lowercase':
      return text.toLowerCase();
    case 'trim':
      return text.trim();
    case 'hash_sha256':
      return context.crypto.sha256(text, 'hex');
  }
}

async function transformedFields(context: Context): Promise<Body> {
  const fields: Body = {};
  for (const { field, transform, output } of context.config.field_transforms) {
    const value = await fieldOf(context, field);
    fields[output] = value === null ? null : transformed(context, fieldText(value), transform);
  }
  return fields;
}

/** Data of the first rule that holds; nothing when none does. */
async function conditionalData(context: Context): Promise<Body> {
  for (const rule of context.config.payload_rules) {
    const actual = fieldText(await fieldOf(context, rule.condition_field));
    if (conditionHolds(rule.condition_op, actual, rule.condition_value)) return rule.payload_data;
  }
  return {};
}

/** The body of v3: changed fields, and either the data of a rule or the whole contact. */
export async function shapedBody(context: Context): Promise<string> {
  const { conditional_payload: conditional, field_transforms: transforms } = context.config;
  return JSON.stringify({
    ...base(context),
    ...(transforms.length === 0 ? {} : { transformed_fields: await transformedFields(context) }),
    ...(conditional ? await conditionalData(context) : { contact_data: await context.crm.contact() }),
  });
}
