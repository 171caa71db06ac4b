import type { ReadAccountAddress } from '#connectors';
import { Problem, type FieldError } from '#contracts';
import { CREDENTIAL_KEYS, type CredentialInput, type CredentialKey } from './credential-form.js';

/** One field of a platform's credential form. */
export interface CredentialField {
  key: string;
  label: string;
  input_type: string;
  required: boolean;
}

/** What is kept of an API-key form: the part a connector signs with, and where to call. */
export interface KeyCredentials {
  secrets: { api_key?: string; api_secret?: string; account_id?: string };
  baseUrl?: string;
  /** Fields of the form that are no secret and may be shown again. */
  shown: Record<string, string>;
}

const LOCATION_ID = /^[\w-]{1,100}$/;

const FORM_WITHOUT_FIELDS: readonly CredentialField[] = [
  { key: 'api_key', label: 'API Key', input_type: 'password', required: true },
];

/**
 * Checks an API-key form against the platform's fields and sorts it.
 * A platform that declares no fields takes a personal access token as `api_key`.
 * @param earlier the form as it was given before; blank fields keep their earlier value
 * @param readAddress reads the address of a platform whose API has one for each customer
 * @throws Problem 400 `request.invalid_body` that names every missing or malformed field
 */
export function readCredentialForm(
  declared: readonly CredentialField[],
  given: CredentialInput,
  earlier: CredentialInput = {},
  readAddress: ReadAccountAddress = readWebAddress,
): KeyCredentials & { form: CredentialInput } {
  const fields = declared.length > 0 ? declared : FORM_WITHOUT_FIELDS;
  const form = merged(fields, given, earlier);
  const errors = fields.flatMap((field) => faultOf(field, form[field.key as CredentialKey], readAddress));
  if (errors.length > 0) {
    throw new Problem(400, 'request.invalid_body', errors.map((error) => error.message).join('; '), { errors });
  }
  // Ontraport's app id is the second half of its signature; the connectors know one name for that.
  const apiSecret = form.api_secret ?? form.app_id;
  const address = form.api_url === undefined ? undefined : readAddress(form.api_url);
  return {
    form,
    secrets: {
      ...(form.api_key !== undefined && { api_key: form.api_key }),
      ...(apiSecret !== undefined && { api_secret: apiSecret }),
      ...(form.location_id !== undefined && { account_id: form.location_id }),
    },
    ...(address !== undefined && 'url' in address && { baseUrl: address.url }),
    shown: shownFields(fields, form),
  };
}

/** Fields the platform does not declare never reach the vault. */
function merged(fields: readonly CredentialField[], given: CredentialInput, earlier: CredentialInput): CredentialInput {
  const declared = new Set(fields.map((field) => field.key));
  const entries = CREDENTIAL_KEYS.filter((key) => declared.has(key)).flatMap((key) => {
    const value = given[key]?.trim() || earlier[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function faultOf(field: CredentialField, value: string | undefined, readAddress: ReadAccountAddress): FieldError[] {
  const name = `credentials.${field.key}`;
  if (value === undefined) {
    return field.required ? [{ field: name, code: 'required', message: `${field.label} is required` }] : [];
  }
  const address = field.input_type === 'url' ? readAddress(value) : undefined;
  if (address !== undefined && 'problem' in address) {
    return [{ field: name, code: 'invalid', message: `${field.label} ${address.problem}` }];
  }
  if (field.key === 'location_id' && !LOCATION_ID.test(value)) {
    const message = `${field.label} is made of letters and digits only: copy it from the address of the sub-account`;
    return [{ field: name, code: 'invalid', message }];
  }
  return [];
}

function readWebAddress(text: string): ReturnType<ReadAccountAddress> {
  const url = URL.parse(text);
  const isSafe = url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
  return isSafe ? { url: text.replace(/\/+$/, '') } : { problem: 'must be an address that starts with https://' };
}

function shownFields(fields: readonly CredentialField[], form: CredentialInput): Record<string, string> {
  const open = fields.filter((field) => field.input_type !== 'password');
  return Object.fromEntries(
    open.flatMap(({ key }) => {
      const value = form[key as CredentialKey];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
