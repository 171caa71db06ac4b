import { Injectable } from '@nestjs/common';
import { events, newId, Problem, questions, type Account, type Role } from '#contracts';
import { Questions } from '#messaging';
import { isDuplicateKey, Outbox, UnitOfWork } from '#persistence';
import { NO_PASSWORD, Passwords } from '../passwords/passwords.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';

export interface OwnerForm {
  /** Lower case. */
  email: string;
  /** Kept to the policy by whoever asks; left out by somebody who signs in elsewhere. */
  password?: string;
  /** When it was shown that they read the address, where that is known already. */
  emailVerifiedAt?: Date;
  name: string;
  phoneNumber?: string | undefined;
  company?: string | undefined;
}

export interface NewOwner<Extra> {
  user: User;
  account: Account;
  role: Role;
  extra: Extra;
}

export const emailTaken = (): Problem => new Problem(409, 'identity.email_taken', 'Email already registered');

/**
 * Makes a user with an account of their own. No transaction spans two services, so the order does it: the ids are
 * made here, accounts stores account and owner membership, and the user comes last, with its event. Until then nobody
 * can sign in, and an account whose user never came is removed by accounts after an hour; so a failure anywhere
 * leaves nothing that could be seen, and the whole thing can simply be tried again.
 */
@Injectable()
export class NewOwners {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly questions: Questions,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param alongside further work of the transaction that stores the user
   * @throws Problem 409 `identity.email_taken`; Problem 503 when accounts does not answer
   */
  async create<Extra>(form: OwnerForm, alongside: (user: User) => Promise<Extra>): Promise<NewOwner<Extra>> {
    const found = await this.users.findByEmail(form.email);
    if (found !== null && found.status !== 'invited') throw emailTaken();
    const passwordHash = form.password === undefined ? NO_PASSWORD : await this.passwords.hash(form.password);
    // Whoever was invited may come by the front door, too: the invitation stays open.
    const userId = found?._id ?? newId('user');
    const { account, role } = await this.questions.ask(questions.createAccount, {
      account_id: newId('account'),
      user_id: userId,
      name: form.company ?? form.name,
      company: form.company ?? '',
    });
    try {
      return await this.unitOfWork.run(async (session) => {
        const fields = newUser(userId, account.account_id, passwordHash, form);
        const user = await (found === null ? this.users.insert(fields) : this.users.activate(userId, fields));
        if (user === null) throw emailTaken();
        const extra = await alongside(user);
        await this.outbox.add(session, events.userRegistered, {
          subject: userId,
          accountId: account.account_id,
          data: { user_id: userId, account_id: account.account_id, email: user.email, name: user.name },
        });
        return { user, account, role, extra };
      });
    } catch (error) {
      throw isDuplicateKey(error) ? emailTaken() : error;
    }
  }
}

const newUser = (userId: string, accountId: string, passwordHash: string, form: OwnerForm) => ({
  _id: userId,
  email: form.email,
  name: form.name,
  ...(form.phoneNumber !== undefined && { phone_number: form.phoneNumber }),
  ...(form.company !== undefined && { company: form.company }),
  status: 'active' as const,
  password_hash: passwordHash,
  current_account_id: accountId,
  onboarding_complete: false,
  auth_version: 1,
  ...(form.emailVerifiedAt !== undefined && { email_verified_at: form.emailVerifiedAt }),
});
