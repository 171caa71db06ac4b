import { afterEach, expect } from '@jest/globals';
import { isConnectorError, platformOf } from '#connectors';
import type { ContractSubject, WriteOnTheWire } from '../contract-subject.js';
import type { ContractChecks } from './checks.js';

/** What a refusal means, with whatever status it comes, and what of it is told. */
export function refusalContract(checks: ContractChecks, subject: () => ContractSubject): void {
  afterEach(() => subject().faults([]));

  for (const failure of checks.vendor.insideSuccess) {
    checks.that('getCapabilities', `makes an error of a failure inside success: ${failure.name}`, async (s) => {
      await s.faults([{ id: 'inside', ...failure.fault }], true);
      const acting = failure.act(s.connect().crm, s);
      await expect(acting).rejects.toMatchObject({ kind: failure.kind, code: 'CONNECTOR_ERROR', outcome: 'refused' });
    });
  }

  for (const [status, kind] of REFUSALS) {
    checks.that('testConnection', `calls ${status} ${kind}, and makes the request once`, async (s) => {
      await s.faults([{ id: 'refused', status }]);
      const { crm, calls } = s.connect();
      await expect(crm.testConnection()).rejects.toMatchObject({ kind, status, retryable: false, outcome: 'refused' });
      expect(calls).toHaveLength(1);
    });
  }

  checks.that('getContact', 'makes one request of a refusal with 403, and has no use for another', async (s) => {
    await s.faults([{ id: 'refused', status: 403 }]);
    const { crm, calls } = s.connect();
    const refusal = { kind: expect.stringMatching(/^(forbidden|auth_invalid)$/), status: 403, retryable: false };
    await expect(crm.getContact(s.contact(0))).rejects.toMatchObject(refusal);
    expect(calls.filter(({ status }) => status === 403).length).toBe(calls.length);
  });

  checks.that('testConnection', 'tells of a failure in the form in which it is stored', async (s) => {
    await s.faults([{ id: 'refused', status: 422 }]);
    const error: unknown = await s
      .connect()
      .crm.testConnection()
      .catch((thrown: unknown) => thrown);
    if (!isConnectorError(error)) throw new Error('This is no error of a connector');
    const { name } = platformOf(s.platform, s.places)?.record ?? {};
    expect(error.toRecord()).toEqual({
      code: 'CONNECTOR_ERROR',
      message: expect.stringContaining(`${name ?? ''} API error (422)`),
      status_code: 422,
      platform: s.platform,
      retryable: false,
      kind: 'validation',
    });
  });

  checks.that('getContact', 'calls an answer that is no JSON a protocol error, without showing it', async (s) => {
    await s.faults([{ id: 'torn', status: 200, body: '{"id": "1001", "email": "secret@exam' }]);
    const error: unknown = await s
      .connect()
      .crm.getContact(s.contact(0))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'protocol', retryable: false });
    expect(String(error)).not.toContain('secret');
  });

  checks.that('getContact', 'calls an answer without what it needs a protocol error', async (s) => {
    await s.faults([{ id: 'other', status: 200, body: { unexpected: ['secret'] } }]);
    const error: unknown = await s
      .connect()
      .crm.getContact(s.contact(0))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'protocol', retryable: false });
    expect(String(error)).not.toContain('secret');
  });

  checks.that('createContact', 'keeps what a vendor says about a person out of errors', async (s) => {
    const { path, method } = wire(s, 'createContact');
    const message = 'secret@example.com is not welcome';
    const body = { message, errors: [{ message, title: message, detail: message }], error: message };
    await s.faults([{ id: 'refused', status: 400, body, match: { path, method } }]);
    const input = { first_name: 'S', last_name: 'T', email: 'secret@example.com' };
    const error: unknown = await s
      .connect()
      .crm.createContact(input)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'validation', retryable: false });
    expect(JSON.stringify([String(error), error])).not.toContain('secret');
  });
}

/** Refusals that mean the same at every vendor. */
const REFUSALS = [
  [400, 'validation'],
  [404, 'not_found'],
  [409, 'conflict'],
  [422, 'validation'],
] as const;

/** How a write goes over the wire, as the vendor declares. */
export function wire(subject: ContractSubject, write: keyof ContractSubject['writes']): WriteOnTheWire {
  const declared = subject.writes[write];
  if (declared === undefined) throw new Error(`Declare how ${write} goes over the wire`);
  return declared;
}
