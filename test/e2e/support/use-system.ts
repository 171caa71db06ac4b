import { afterAll, beforeAll } from '@jest/globals';
import { newCustomer, type Customer } from './customer.js';
import { RunningSystem, type SystemOptions } from './running-system.js';

/** A running system for the tests of one file: started before the first, stopped after the last. */
export function useSystem(options: SystemOptions | (() => Promise<SystemOptions>) = {}): {
  readonly system: RunningSystem;
  readonly customer: Customer;
} {
  let system: RunningSystem | undefined;
  let customer: Customer | undefined;
  beforeAll(async () => {
    system = await RunningSystem.start(typeof options === 'function' ? await options() : options);
    customer = await newCustomer(system);
  });
  afterAll(async () => {
    await system?.stop();
  });
  return {
    get system(): RunningSystem {
      if (system === undefined) throw new Error('The system has not started');
      return system;
    },
    get customer(): Customer {
      if (customer === undefined) throw new Error('The customer has not been made');
      return customer;
    },
  };
}
