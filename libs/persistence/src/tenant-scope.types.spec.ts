import { describe, expect, it } from '@jest/globals';
import type { AccountScope } from '#contracts';
import type { TenantEntity } from './define-collection.js';
import type { TenantRepository } from './tenant-repository.js';

interface Row extends TenantEntity {
  name: string;
}
type Repository = TenantRepository<Row>;

/** Methods whose first argument is not an account scope; `system` is the one deliberate way around it. */
type Unscoped = {
  [Key in keyof Repository]: Repository[Key] extends (...args: infer Args) => unknown
    ? Args extends [AccountScope, ...unknown[]]
      ? never
      : Key
    : never;
}[keyof Repository];

/** The compiler refuses this file as soon as a method without scope is added. */
const onlySystem: [Unscoped] extends ['system'] ? true : false = true;

/** Text and plain objects are no scope: it cannot be written down, only made from a verified context. */
type Accepts<Given> = Given extends AccountScope ? true : false;
const notText: Accepts<string> = false;
const notLiteral: Accepts<{ accountId: string }> = false;

/** A call without scope, as a compiler would see it. */
type Call<Args extends unknown[]> = Args extends Parameters<Repository['get']> ? true : false;
const withoutScope: Call<[id: string]> = false;
const withScope: Call<[scope: AccountScope, id: string]> = true;

describe('A repository call without an account', () => {
  it('does not compile', () => {
    expect({ onlySystem, notText, notLiteral, withoutScope, withScope }).toEqual({
      onlySystem: true,
      notText: false,
      notLiteral: false,
      withoutScope: false,
      withScope: true,
    });
  });
});
