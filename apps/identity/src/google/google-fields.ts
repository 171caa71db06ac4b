import { optionalText, requiredText } from '../domain/fields.js';

/** What Google appended to the address of the web client's page. */
export const GoogleReturnFields = {
  code: requiredText('Code', 2_048),
  state: requiredText('State', 200),
  iss: optionalText('Issuer', 200),
};
