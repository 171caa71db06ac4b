import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { isProblem, KEY_SCOPES, newId, Problem, type KeyScope } from '#contracts';
import { UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { Memberships, type Membership } from '../sessions/memberships.js';
import { Credentials } from '../sign-in/credentials.js';
import { SecondStep } from '../sign-in/second-step.js';
import { SignInChallenges } from '../sign-in/sign-in-challenges.js';
import type { SignInProof } from '../sign-in/sign-in.command.js';
import { SCOPE_TEXTS } from './app-client.js';
import type { LinkingStep } from './interactions.js';
import { GRANT_LIFE_S } from './oauth-configuration.js';
import { codePage, consentPage, signInPage, type Page } from './oauth-pages.js';

type Wish = Exclude<KeyScope, '*'>;

/** Address and password, or the token of a sign-in that waits for the code. */
interface Entry {
  proof: SignInProof;
  code: string;
  caller: Caller;
}

interface Entered {
  user: User;
  amr: readonly string[];
}

interface Decision {
  accountId: string;
  caller: Caller;
}

const isWish = (scope: string): scope is Wish => scope !== '*' && (KEY_SCOPES as readonly string[]).includes(scope);

/** What the app asks for in this step. */
function wishesOf({ interaction }: LinkingStep): Wish[] {
  const { missingResourceScopes = {} } = interaction.prompt.details as {
    missingResourceScopes?: Record<string, string[]>;
  };
  return Object.values(missingResourceScopes).flat().filter(isWish);
}

/** Lets users sign in and decide what a linked app may do. */
@Injectable()
export class Linking {
  constructor(
    private readonly credentials: Credentials,
    private readonly challenges: SignInChallenges,
    private readonly secondStep: SecondStep,
    private readonly users: Users,
    private readonly memberships: Memberships,
    private readonly grants: AppGrants,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The page of the step; undefined when the app asks for nothing, so that there is nothing to decide. */
  async page(step: LinkingStep): Promise<Page | undefined> {
    if (step.interaction.prompt.name !== 'consent') return signInPage(step);
    const wishes = wishesOf(step);
    if (wishes.length === 0) return undefined;
    const { user, membership } = await this.deciding(step);
    return consentPage({
      ...step,
      wishes: wishes.map((wish) => SCOPE_TEXTS[wish]),
      accounts: membership.available_accounts.map(({ account_id: id, account_name: name }) => ({ id, name })),
      chosenAccount: membership.account.account_id,
      email: user.email,
    });
  }

  /** @returns who signed in; or the page that says why not, or that asks for the code of the second step */
  async signIn(step: LinkingStep, { proof, code, caller }: Entry): Promise<Entered | { page: Page; status: number }> {
    try {
      return 'mfaToken' in proof
        ? await this.secondEntry(proof.mfaToken, code, caller)
        : await this.firstEntry(proof, caller);
    } catch (error) {
      if (!isProblem(error) || error.status >= 500) throw error;
      return { page: this.pageAfter(step, error, proof), status: error.status };
    }
  }

  private async firstEntry(proof: { email: string; password: string }, caller: Caller): Promise<Entered> {
    const user = await this.credentials.prove(proof.email, proof.password, caller);
    return { user, amr: await this.secondStep.take({ user, amr: ['pwd'] }, undefined, caller) };
  }

  private async secondEntry(mfaToken: string, code: string, caller: Caller): Promise<Entered> {
    const { challenge, user } = await this.challenges.open('second_factor', mfaToken, caller);
    const amr = await this.secondStep.take({ user, amr: challenge.amr }, code, caller);
    await this.challenges.complete(challenge);
    return { user, amr };
  }

  private pageAfter(step: LinkingStep, { code, message, extensions }: Problem, proof: SignInProof): Page {
    const next = extensions['mfa_token'];
    if (code === 'auth.mfa_required' && typeof next === 'string') return codePage(step, { mfaToken: next });
    if ('email' in proof) return signInPage(step, { email: proof.email, message });
    return code === 'auth.sign_in_expired' ? signInPage(step, { message }) : codePage(step, { ...proof, message });
  }

  /** Writes down what the user allows. @returns the id of the grant */
  async allow(step: LinkingStep, { accountId, caller }: Decision): Promise<string> {
    const { provider, clientId } = step;
    const { user } = await this.deciding(step);
    const { account } = await this.memberships.forKey(user._id, accountId);
    const scopes = wishesOf(step);
    const now = this.clock.now();
    const grantId = newId('grant');
    return this.unitOfWork.run(async (transaction) => {
      const grant = new provider.Grant({ accountId: user._id, clientId });
      grant.jti = grantId;
      grant.addResourceScope(provider.issuer, scopes.join(' '));
      await grant.save();
      await this.grants.insert({
        _id: grantId,
        user_id: user._id,
        account_id: account.account_id,
        client_id: clientId,
        scopes,
        last_used_at: now,
        kept_until: new Date(now.getTime() + GRANT_LIFE_S * 1000),
      });
      await this.audit.record(transaction, {
        type: 'identity.grant.allowed',
        accountId: account.account_id,
        by: { kind: 'user', id: user._id },
        ip: caller.ip,
        target: { kind: 'grant', id: grantId },
        data: { client: clientId, scopes },
      });
      return grantId;
    });
  }

  private async deciding({ interaction }: LinkingStep): Promise<{ user: User; membership: Membership }> {
    const userId = interaction.session?.accountId;
    const user = userId === undefined ? null : await this.users.find(userId);
    if (user === null) throw new Problem(400, 'auth.linking_expired', 'Sign in again to link the app');
    return { user, membership: await this.memberships.forSignIn(user._id, user.current_account_id) };
  }
}
