import { expect, it, jest } from '@jest/globals';
import type { ContractSubject } from '../contract-subject.js';

export function credentialContract(subject: () => ContractSubject): void {
  it('says that a key is refused for good', async () => {
    const { crm } = subject().connect({ credentials: { api_key: 'not-a-key' } });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false, status: 401 });
  });

  it('says that a token has expired when nobody can refresh it', async () => {
    const { crm } = subject().connect({ credentials: { access_token: 'gone' } });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'auth_expired', status: 401 });
  });

  it('gives up after one refresh that did not help', async () => {
    const refresh = jest.fn(() => Promise.resolve({ access_token: 'gone, too' }));
    const { crm } = subject().connect({ credentials: { access_token: 'gone' }, refresh });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false });
    expect(refresh).toHaveBeenCalledTimes(1);
  });
}
