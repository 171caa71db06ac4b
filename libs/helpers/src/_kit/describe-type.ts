import type { ConfigSchema } from './config/config-schema.js';
import { formSchemaOf } from './config/form-schema.js';
import type { HelperDefinition } from './define-helper.js';

/** A helper type as the catalogue of the API shows it. */
export interface HelperTypeDescription {
  type: string;
  name: string;
  category: string;
  description: string;
  requires_crm: boolean;
  /** Empty: all of them. */
  supported_crms: string[];
  config_schema: ConfigSchema;
}

export function describeType(definition: HelperDefinition): HelperTypeDescription {
  return {
    type: definition.type,
    name: definition.title,
    category: definition.category,
    description: definition.summary,
    requires_crm: definition.requiresCrm,
    supported_crms: [...definition.platforms],
    config_schema: formSchemaOf(definition),
  };
}
