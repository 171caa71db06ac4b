import { runHelper, type HelperDefinition } from '#helpers';
import { isWrite, World, type VectorCase } from '#helper-testing';

const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

function fieldsOf({ contact, crm }: VectorCase): Record<string, unknown> {
  const { custom_fields: custom = {}, tags: _, ...standard } = contact as Record<string, unknown>;
  return { ...standard, ...(custom as object), ...crm?.fields };
}

/** What a case shows: the configuration, the contact, and what the helper really does with them. */
export async function exampleOf(definition: HelperDefinition, vector: VectorCase): Promise<string> {
  const world = new World(vector);
  const { output } = await runHelper(definition, world.ports, world.job);
  const calls = world.crm.calls
    .filter(isWrite)
    .map(({ op, args }) => `- \`${op}(${args.map((arg) => JSON.stringify(arg)).join(', ')})\``);
  const requests = world.http.requests.map(({ method, url }) => `- \`${method} ${url}\``);
  const done = [...calls, ...requests];
  return [
    `With the configuration\n\n${json(vector.config)}`,
    `and a contact with the values\n\n${json(fieldsOf(vector))}`,
    done.length === 0 ? 'it changes nothing in the CRM' : `it does\n\n${done.join('\n')}`,
    `and answers\n\n${json({ modified_data: output.modified_data, actions: output.actions })}`,
  ].join('\n\n');
}
