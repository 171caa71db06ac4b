import { z } from 'zod';

/**
 * What the connector reads out of Keap's answers. Only what an operation cannot do without is required; unknown
 * members are dropped, except in the arrays that are written back as a whole.
 */
const Id = z.string().min(1);
const Text = z.string().nullish();

export const KeapEmail = z.object({
  email: Text,
  field: Text,
  opt_in_reason: Text,
  email_opt_status: Text,
});
export type KeapEmail = z.infer<typeof KeapEmail>;

export const KeapPhone = z.object({ number: Text, field: Text, type: Text, extension: Text });
export type KeapPhone = z.infer<typeof KeapPhone>;

export const KeapAddress = z.looseObject({
  field: Text,
  line1: Text,
  line2: Text,
  locality: Text,
  region: Text,
  region_code: Text,
  postal_code: Text,
  zip_code: Text,
  zip_four: Text,
  country_code: Text,
});
export type KeapAddress = z.infer<typeof KeapAddress>;

export const KeapCustomValue = z.object({ id: Id, content: z.unknown() });
export type KeapCustomValue = z.infer<typeof KeapCustomValue>;

export const KeapContact = z.object({
  id: Id,
  given_name: Text,
  family_name: Text,
  job_title: Text,
  website: Text,
  birth_date: Text,
  anniversary_date: Text,
  owner_id: Text,
  leadsource_id: Text,
  score_value: Text,
  create_time: Text,
  update_time: Text,
  company: z.object({ id: Text, company_name: Text }).nullish(),
  email_addresses: z.array(KeapEmail).nullish(),
  phone_numbers: z.array(KeapPhone).nullish(),
  addresses: z.array(KeapAddress).nullish(),
  tag_ids: z.array(z.string()).nullish(),
  custom_fields: z.array(KeapCustomValue).nullish(),
});
export type KeapContact = z.infer<typeof KeapContact>;

const NextPage = { next_page_token: Text };

export const ContactPage = z.object({ contacts: z.array(KeapContact).nullish(), ...NextPage });
export const TaggedContactPage = z.object({ contacts: z.array(z.object({ id: Id })).nullish(), ...NextPage });

const Email = z.object({ sent_time: Text, opened_time: Text, clicked_time: Text });
export const EmailPage = z.object({ emails: z.array(Email).nullish(), ...NextPage });

export const KeapTag = z.object({
  id: Id,
  name: Text,
  description: Text,
  category: z.object({ id: Text }).nullish(),
});
export type KeapTag = z.infer<typeof KeapTag>;
export const TagPage = z.object({ tags: z.array(KeapTag).nullish(), ...NextPage });
export const TagCategoryPage = z.object({
  tag_categories: z.array(z.object({ id: Id, name: Text })).nullish(),
  ...NextPage,
});

/** Per contact what became of it, inside a 200. */
export const ApplyTagsAnswer = z.object({ results: z.record(z.string(), z.string()).nullish() });

export const ContactModel = z.object({
  custom_fields: z
    .array(
      z.object({
        id: Id,
        label: Text,
        field_name: Text,
        field_type: Text,
        group_name: Text,
        default_value: Text,
        options: z.array(z.object({ id: Text, label: Text })).nullish(),
      }),
    )
    .nullish(),
});

export const CompanyPage = z.object({
  companies: z.array(z.object({ id: Id, company_name: Text })).nullish(),
  ...NextPage,
});
export const Company = z.object({ id: Id });

export const Note = z.object({ id: Id, title: Text, text: Text, create_time: Text });
export const NotePage = z.object({ notes: z.array(Note).nullish(), ...NextPage });

export const SequencePage = z.object({ sequences: z.array(z.object({ id: Id })).nullish(), ...NextPage });

export const AddToSequenceAnswer = z.object({
  add_to_sequence_results: z.record(z.string(), z.string()).nullish(),
  add_to_automation_sequence_results: z.record(z.string(), z.string()).nullish(),
});

export const AchieveGoalAnswer = z.object({
  results: z.array(z.object({ success: z.boolean().nullish(), message: Text })).nullish(),
});

export const UserInfo = z.object({ sub: Text, id: Text, email: Text });

export const EmailStatus = z.object({
  opted_in: z.boolean(),
  status: z.string(),
  last_click_time: Text,
  last_open_time: Text,
  last_sent_time: Text,
});

const Money = z.object({ amount: z.number().nullish(), currency_code: Text }).nullish();

export const KeapOrder = z.object({
  id: Id,
  title: Text,
  status: Text,
  total: Money,
  total_paid: Money,
  total_due: Money,
  order_time: Text,
  creation_time: Text,
  due_time: Text,
  invoice_id: Text,
  promo_code: Text,
  refund_status: Text,
  credit_status: Text,
  order_items: z.array(z.object({ name: Text })).nullish(),
});
export type KeapOrder = z.infer<typeof KeapOrder>;
export const OrderPage = z.object({ orders: z.array(KeapOrder).nullish(), ...NextPage });

export const KeapPayment = z.object({
  id: Id,
  type: Text,
  amount: z.number().nullish(),
  note: Text,
  status: Text,
  payment_time: Text,
  order_ids: z.array(z.string()).nullish(),
});
export type KeapPayment = z.infer<typeof KeapPayment>;
export const PaymentPage = z.object({ payments: z.array(KeapPayment).nullish(), ...NextPage });

export const KeapSubscription = z.object({
  id: Id,
  active: z.boolean().nullish(),
  billing_amount: z.number().nullish(),
  start_date: Text,
  next_bill_date: Text,
});
export type KeapSubscription = z.infer<typeof KeapSubscription>;
export const SubscriptionPage = z.object({ subscriptions: z.array(KeapSubscription).nullish(), ...NextPage });

export const KeapPaymentMethod = z.object({
  payment_method_id: Id,
  status: Text,
  created_time: Text,
  card_info: z
    .object({ brand: Text, card_type: Text, last_four: Text, expiration_month: Text, expiration_year: Text })
    .nullish(),
});
export type KeapPaymentMethod = z.infer<typeof KeapPaymentMethod>;
export const PaymentMethodPage = z.object({ records: z.array(KeapPaymentMethod).nullish(), ...NextPage });

export const KeapOpportunity = z.object({
  id: Id,
  opportunity_title: Text,
  stage: z.object({ id: Text }).nullish(),
  estimated_close_time: Text,
  projected_revenue_high: z.number().nullish(),
  created_time: Text,
});
export type KeapOpportunity = z.infer<typeof KeapOpportunity>;
export const OpportunityPage = z.object({ opportunities: z.array(KeapOpportunity).nullish(), ...NextPage });
