/** Properties that come without being asked for. */
export const DEFAULT_PROPERTIES: readonly string[] = [
  'given_name',
  'family_name',
  'middle_name',
  'email_addresses',
  'phone_numbers',
  'addresses',
  'company',
  'owner_id',
  'create_time',
  'update_time',
];

/** Properties that must be named in `fields`; `contacts/model` lists them. */
export const OPTIONAL_PROPERTIES: readonly string[] = [
  'anniversary_date',
  'birth_date',
  'contact_type',
  'custom_fields',
  'fax_numbers',
  'job_title',
  'leadsource_id',
  'links',
  'notes',
  'origin',
  'preferred_locale',
  'preferred_name',
  'prefix',
  'referral_code',
  'score_value',
  'social_accounts',
  'source_type',
  'spouse_name',
  'suffix',
  'tag_ids',
  'time_zone',
  'utm_parameters',
  'website',
  'account_id',
  'assistant_name',
  'assistant_phone',
  'billing_information',
  'created_by',
  'groups',
  'last_updated_by',
];

export const PROPERTIES: ReadonlySet<string> = new Set(['id', ...DEFAULT_PROPERTIES, ...OPTIONAL_PROPERTIES]);

/** Texts that the store keeps for Keap only, with their longest length. */
export const EXTRA_TEXTS: Readonly<Record<string, number>> = {
  middle_name: 100,
  prefix: 40,
  suffix: 40,
  contact_type: 100,
  preferred_locale: 40,
  preferred_name: 100,
  referral_code: 100,
  source_type: 40,
  spouse_name: 100,
  time_zone: 60,
  assistant_name: 20,
  assistant_phone: 15,
  billing_information: 100,
};
