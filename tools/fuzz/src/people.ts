import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import mongoose from 'mongoose';
import { questions, type Role } from '#contracts';
import { connectToBroker, Questions } from '#messaging';
import type { Api } from './api.js';

const PASSWORD = 'Correct-Horse-7';

interface SignedIn {
  token: string;
  user: { user_id: string };
  account: { account_id: string };
}

interface Person {
  email: string;
  userId: string;
}

export interface PeopleOptions {
  api: Api;
  mongoUrl: string;
  databasePrefix: string;
}

const newEmail = (name: string): string => `${name}-${randomBytes(6).toString('hex')}@example.com`;

const register = (api: Api, email: string): Promise<SignedIn> =>
  api.ask<SignedIn>('POST', '/auth/register', { email, password: PASSWORD, name: 'Some Body' });

/** An account on the largest plan, and somebody of each role in it who can always sign in. */
export class People {
  private readonly people = new Map<Role, Person>();

  private constructor(
    private readonly options: PeopleOptions,
    readonly accountId: string,
  ) {}

  static async inNewAccount(options: PeopleOptions): Promise<People> {
    const email = newEmail('owner');
    const { user, account } = await register(options.api, email);
    await ontoLargestPlan(account.account_id);
    const people = new People(options, account.account_id);
    people.people.set('owner', { email, userId: user.user_id });
    return people;
  }

  /** Somebody of that role, whom no request signs in as. */
  async further(role: Role): Promise<string> {
    return (await this.join(role)).userId;
  }

  /**
   * A new token of the role in the account. Who was removed, or given another role, is followed by somebody new.
   * @throws Error when the account has no owner any more: what is tested then is not what was meant
   */
  async tokenOf(role: Role): Promise<string> {
    const known = this.people.get(role) ?? (await this.join(role));
    this.people.set(role, known);
    const token = await this.signIn(known, role);
    if (token !== undefined) return token;
    if (role === 'owner') throw new Error('The owner cannot sign in to the account any more');
    this.people.delete(role);
    return this.tokenOf(role);
  }

  private async signIn({ email }: Person, role: Role): Promise<string | undefined> {
    const { api } = this.options;
    try {
      const { token } = await api.ask<SignedIn>('POST', '/auth/login', { email, password: PASSWORD });
      if (this.isOf(token, role)) return token;
      const switched = { account_id: this.accountId };
      const { token: there } = await api.withToken(token).ask<SignedIn>('POST', '/accounts/switch', switched);
      return this.isOf(there, role) ? there : undefined;
    } catch (error) {
      console.error(`The ${role} has to be somebody else from now on: ${String(error)}`);
      return undefined;
    }
  }

  private isOf(token: string, role: Role): boolean {
    const claims = decodeJwt(token);
    return claims['acc'] === this.accountId && claims['role'] === role;
  }

  /** Registers somebody and makes this person a member, as if an invitation had been accepted. */
  private async join(role: Role): Promise<Person> {
    const { api, mongoUrl, databasePrefix } = this.options;
    const email = newEmail(role);
    const userId = (await register(api, email)).user.user_id;
    const now = new Date();
    const times = { linked_at: now, created_at: now, updated_at: now };
    const membership = { account_id: this.accountId, user_id: userId, role, status: 'active', version: 1, ...times };
    const connection = await mongoose.createConnection(mongoUrl).asPromise();
    try {
      const memberships = connection.useDb(`${databasePrefix}accounts`).collection<{ _id: string }>('user-accounts');
      await memberships.insertOne({ _id: `${this.accountId}/${userId}`, ...membership });
    } finally {
      await connection.close();
    }
    return { email, userId };
  }
}

async function ontoLargestPlan(accountId: string): Promise<void> {
  const connection = await connectToBroker('fuzz');
  try {
    const wish = { account_id: accountId, plan: 'deliver' } as const;
    await new Questions(connection).ask(questions.setPlan, wish, { timeoutMs: 10_000 });
  } finally {
    await connection.close();
  }
}
