import { describe, expect, test } from '@jest/globals';
import { helperCatalogue, runHelper, type HelperDefinition } from '#helpers';
import { isWrite, World, type VectorCase } from '#helper-testing';
import { expectationOf, typesWithCases } from './support/all-cases.js';

const succeeds = (vector: VectorCase): boolean => {
  const { success, valid_config: valid = true } = expectationOf(vector);
  return valid && success === true;
};

/** What failed in the first delivery may be tried again by the second. */
const nothingFails = ({ crm, http = [] }: VectorCase): boolean =>
  crm?.errors === undefined && crm?.fail === undefined && http.every(({ response }) => response !== 'connection_error');

const covered = typesWithCases.map(({ type, definition, cases }) => ({
  type,
  definition,
  cases: cases.filter((vector) => succeeds(vector) && nothingFails(vector)),
}));
const cases = covered.flatMap(({ definition, cases }) => cases.map((vector) => ({ id: vector.id, vector, definition })));

test.each(covered)('$type has a case that can be delivered twice', ({ cases }) => {
  expect(cases).not.toEqual([]);
});

const operationOf = (op: string): string => op.charAt(0).toLowerCase() + op.slice(1);

/** Calls whose repetition would double something. */
function onceOnly(definition: HelperDefinition, world: World): string[] {
  const effects: Record<string, unknown> = definition.effects;
  return world.crm.calls
    .filter(isWrite)
    .filter(({ op }) => effects[operationOf(op)] !== 'repeatable')
    .map(({ op, args }) => `${op} ${JSON.stringify(args)}`);
}

/** The outside world in two deliveries: in the second it answers repeated requests as it did in the first. */
class TwoDeliveries {
  /** Requests that the second delivery repeated. */
  readonly repeated: string[] = [];
  readonly #answers = new Map<string, ReturnType<World['http']['request']>[]>();
  #second = false;

  constructor({ http }: World) {
    const first = http.request.bind(http);
    const request: typeof first = (asked) => {
      const key = JSON.stringify(asked);
      const known = this.#answers.get(key) ?? [];
      const again = this.#second ? (known.length > 1 ? known.shift() : known[0]) : undefined;
      if (again !== undefined) {
        this.repeated.push(`${asked.method} ${asked.url}`);
        return again;
      }
      const answer = first(asked);
      this.#answers.set(key, [...known, answer]);
      return answer;
    };
    Object.assign(http, { request });
  }

  again(): void {
    this.#second = true;
  }
}

/** Of the repeated requests, those that may have changed something: what only looks up may look again. */
function doubled({ effects: { http = 'repeatable' } }: HelperDefinition, world: World, repeated: string[]): string[] {
  if (http === 'repeatable') return [];
  const targets = world.journal.intents.map(({ target }) => target);
  return repeated.filter((each) => !each.startsWith('GET ') || targets.some((target) => each.endsWith(target)));
}

/** Everything that a second delivery must not change. */
const traces = (definition: HelperDefinition, world: World) => ({
  onceOnly: onceOnly(definition, world),
  contact: world.crm.contacts.get(world.job.identity.contactId ?? ''),
  counters: [...world.counters.counters],
  state: [...world.state.values],
  enqueued: world.children.enqueued,
  mails: world.mail.sent,
  files: new Set(world.files.stored.map(({ name }) => name)).size,
  notifications: world.notifications.delivered,
});

const worldOf = (vector: VectorCase): World => new World(vector, vector.should?.http ?? vector.http ?? []);

describe('an execution that is delivered twice', () => {
  test.each(cases)('$id has its effects once', async ({ vector, definition }) => {
    const world = worldOf(vector);
    const deliveries = new TwoDeliveries(world);
    const first = await runHelper(definition, world.ports, world.job);
    const afterFirst = structuredClone(traces(definition, world));
    deliveries.again();
    const second = await runHelper(definition, world.ports, world.job);
    expect(first.success).toBe(true);
    expect(second.success).toBe(true);
    expect(doubled(definition, world, deliveries.repeated)).toEqual([]);
    expect(traces(definition, world)).toEqual(afterFirst);
  });
});

describe('an execution that was interrupted after its effects', () => {
  const asking = cases.filter(({ definition }) =>
    Object.values(definition.effects).some((policy) => policy !== 'repeatable' && policy.inDoubt === 'ask'),
  );

  test.each(asking)('$id repeats nothing that nobody can look into', async ({ vector, definition }) => {
    const world = worldOf(vector);
    const deliveries = new TwoDeliveries(world);
    await runHelper(definition, world.ports, world.job);
    deliveries.again();
    if (!world.journal.intents.some(({ onDoubt }) => onDoubt === 'ask')) return;
    const done = onceOnly(definition, world);
    world.journal.forgetResults();
    const second = await runHelper(definition, world.ports, world.job);
    expect(onceOnly(definition, world)).toEqual(done);
    expect(second.failure?.code).toBe('effect_in_doubt');
  });
});

test('a note in doubt is looked for, and made only when it is not there', async () => {
  const definition = helperCatalogue.get('note_it');
  const vector = cases.find(({ id }) => id === 'note_it/01-standard-tokens')?.vector;
  if (definition === undefined || vector === undefined) throw new Error('note_it/01 is missing');
  for (const isThere of [true, false]) {
    const world = worldOf(vector);
    await runHelper(definition, world.ports, world.job);
    world.journal.forgetResults();
    const found = isThere ? { id: 'found' } : null;
    Object.assign(world.crm, { findNote: () => Promise.resolve(found) });
    const { output } = await runHelper(definition, world.ports, world.job);
    expect(output.modified_data['note_id']).toBe(isThere ? 'found' : 'new-note-2');
    expect(onceOnly(definition, world)).toHaveLength(isThere ? 1 : 2);
  }
});

test('a field that is counted up changes once, whatever else changes it meanwhile', async () => {
  const definition = helperCatalogue.get('math_it');
  const vector = cases.find(({ id }) => id === 'math_it/01-add')?.vector;
  if (definition === undefined || vector === undefined) throw new Error('math_it/01 is missing');
  const world = worldOf(vector);
  await runHelper(definition, world.ports, world.job);
  await world.crm.setContactFieldValue('c-1', 'n', '100');
  await runHelper(definition, world.ports, world.job);
  expect(world.crm.contacts.field('c-1', 'n')).toBe('100');
});
