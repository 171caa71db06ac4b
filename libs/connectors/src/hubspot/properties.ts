import type { ConnectionMemory } from '../_kit/connection-memory.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { isConnectorError, type ConnectorError } from '../_kit/connector-error.js';
import type { CustomField } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { paths } from './paths.js';
import { PropertyPage, type Property } from './schemas.js';

const MEMORY = 'properties';

/** The properties that contacts of one portal have. */
export class PropertyCatalogue {
  readonly #byName: ReadonlyMap<string, Property>;
  /** Names of those that the portal added itself. */
  readonly own: readonly string[];

  constructor(properties: readonly Property[]) {
    this.#byName = new Map(properties.map((property) => [property.name, property]));
    this.own = properties.filter(isOwn).map(({ name }) => name);
  }

  get(name: string): Property | undefined {
    return this.#byName.get(name);
  }

  fields(): CustomField[] {
    return [...this.#byName.values()].filter(isOwn).map(customField);
  }
}

/** The portal's properties, remembered for all runs of the connection for some minutes. */
export class Properties {
  constructor(
    private readonly client: VendorClient,
    private readonly memory: ConnectionMemory,
  ) {}

  /** @returns undefined where the connection may not read them: values are then plain texts */
  async known(operation: ConnectorOperation): Promise<PropertyCatalogue | undefined> {
    const known = await this.#recall(operation);
    return known instanceof PropertyCatalogue ? known : undefined;
  }

  /** The portal's own fields as they are now. */
  async fields(): Promise<CustomField[]> {
    this.forget();
    const known = await this.#recall('getCustomFields');
    if (known instanceof PropertyCatalogue) return known.fields();
    throw known;
  }

  forget(): void {
    this.memory.forget(MEMORY);
  }

  /** A refusal is remembered, too: it would come again with every contact. */
  #recall(operation: ConnectorOperation): Promise<PropertyCatalogue | ConnectorError> {
    return this.memory.recall(MEMORY, async () => {
      try {
        return await this.#load(operation);
      } catch (error) {
        if (isConnectorError(error) && error.kind === 'forbidden') return error;
        throw error;
      }
    });
  }

  async #load(operation: ConnectorOperation): Promise<PropertyCatalogue> {
    const { results } = await this.client.call({
      operation,
      method: 'GET',
      path: paths.properties,
      target: 'properties',
      repeatable: true,
      answer: PropertyPage,
    });
    return new PropertyCatalogue(results.filter(({ archived }) => archived !== true));
  }
}

/** Values that HubSpot computes or keeps to itself. */
export function isReadOnly({ calculated, modificationMetadata }: Property): boolean {
  return calculated === true || modificationMetadata?.readOnlyValue === true;
}

const isOwn = ({ hubspotDefined }: Property): boolean => hubspotDefined !== true;

function customField({ name, label, type, fieldType, groupName, options }: Property): CustomField {
  const labels = (options ?? []).map((option) => option.label);
  return {
    id: name,
    key: name,
    label,
    // Whether one or several options can be chosen is told by the kind of input only.
    field_type: type === 'enumeration' ? (fieldType ?? type) : type,
    ...(groupName ? { group_name: groupName } : {}),
    ...(labels.length > 0 ? { options: labels } : {}),
  };
}
