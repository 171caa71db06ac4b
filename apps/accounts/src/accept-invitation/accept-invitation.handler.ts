import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, questions } from '#contracts';
import { Questions } from '#messaging';
import { AccountRoles } from '../access/account-roles.js';
import { AccountFigures } from '../figures/account-figures.js';
import { People, type Person } from '../people/people.js';
import type { Invitation } from '../persistence/invitation.collection.js';
import { noMembership } from '../read-membership/no-membership.js';
import { AcceptInvitation, type Acceptor, type Entered } from './accept-invitation.command.js';
import { JoinedMembers } from './joined-members.js';
import { alreadyAccepted, OfferedInvitations } from './offered-invitation.js';

/** Identity asks Google meanwhile. */
const GOOGLE_TIMEOUT_MS = 15_000;

type Proof = { name: string; password: string } | { name: string; google_proof: string };

/**
 * No transaction spans two services, so the order does it: the membership comes first and identity last. Somebody new
 * whose second step failed is still `invited` there, and may take it again with the same link; everybody else finds
 * the invitation used up, and signs in.
 */
@CommandHandler(AcceptInvitation)
export class AcceptInvitationHandler implements ICommandHandler<AcceptInvitation> {
  constructor(
    private readonly offered: OfferedInvitations,
    private readonly joined: JoinedMembers,
    private readonly roles: AccountRoles,
    private readonly figures: AccountFigures,
    private readonly people: People,
    private readonly questions: Questions,
  ) {}

  async execute({ token, acceptor }: AcceptInvitation): Promise<Entered> {
    const invitation = await this.offered.known(token);
    const people = await this.people.byId([
      invitation.user_id,
      invitation.inviter_id,
      ...(acceptor.signedIn === undefined ? [] : [acceptor.signedIn.userId]),
    ]);
    const invited = people.get(invitation.user_id);
    if (acceptor.signedIn !== undefined) {
      const person = people.get(acceptor.signedIn.userId);
      return this.enter(invitation, { ...acceptor, signedIn: acceptor.signedIn }, person, people);
    }
    if (invited === undefined) throw new Problem(404, 'invitations.not_found', 'Invitation not found');
    if (invited.status === 'active') throw signInFirst(invitation);
    return this.enterAsNewUser(invitation, acceptor, invited, people);
  }

  private async enter(
    invitation: Invitation,
    { signedIn, ip, userAgent }: Acceptor & { signedIn: { userId: string; sessionId: string } },
    person: Person | undefined,
    people: ReadonlyMap<string, Person>,
  ): Promise<Entered> {
    // The address counts as it is now, not as it was when the invitation went out.
    if (person === undefined || person.email !== invitation.email || person.user_id !== invitation.user_id) {
      throw emailMismatch();
    }
    if (invitation.status === 'accepted') throw alreadyAccepted();
    await this.joined.join(invitation, person, people.get(invitation.inviter_id));
    const place = await this.roles.of(person.user_id, invitation.account_id);
    if (place === null) throw noMembership();
    const tokens = await this.questions.ask(questions.switchSession, {
      user_id: person.user_id,
      session_id: signedIn.sessionId,
      account_id: invitation.account_id,
      role: place.role,
      ip,
      user_agent: userAgent,
    });
    const user = await this.questions.ask(questions.userProfile, { user_id: person.user_id });
    return { account: await this.figures.current(place.account), tokens, user };
  }

  private async enterAsNewUser(
    invitation: Invitation,
    acceptor: Acceptor,
    invited: Person,
    people: ReadonlyMap<string, Person>,
  ): Promise<Entered> {
    const { name, ...proof } = await this.proofOf(acceptor, invited);
    if (invitation.status === 'pending') {
      await this.joined.join(invitation, { ...invited, name }, people.get(invitation.inviter_id));
    }
    const place = await this.roles.of(invited.user_id, invitation.account_id);
    if (place === null) throw noMembership();
    const { user, ...tokens } = await this.questions.ask(questions.activateInvitedUser, {
      user_id: invited.user_id,
      name,
      ...proof,
      account_id: invitation.account_id,
      role: place.role,
      ip: acceptor.ip,
      user_agent: acceptor.userAgent,
    });
    return { account: await this.figures.current(place.account), tokens, user };
  }

  /** How somebody new will sign in: asked before the invitation is used up. */
  private async proofOf({ name, password, google, ip }: Acceptor, invited: Person): Promise<Proof> {
    if (google !== undefined) {
      const { iss, ...back } = google;
      const proved = await this.questions.ask(
        questions.proveGoogleIdentity,
        { user_id: invited.user_id, ...back, ...(iss !== undefined && { iss }), ip },
        { timeoutMs: GOOGLE_TIMEOUT_MS },
      );
      return { name: name ?? proved.name, google_proof: proved.proof };
    }
    if (name === undefined || password === undefined) throw nameAndPasswordNeeded(name, password);
    await this.questions.ask(questions.checkNewPassword, { password });
    return { name, password };
  }
}

const emailMismatch = (): Problem =>
  new Problem(403, 'account.email_mismatch', 'This invitation is for another address; sign in with that one');

const signInFirst = ({ status }: Invitation): Problem =>
  status === 'accepted'
    ? alreadyAccepted()
    : new Problem(401, 'auth.unauthorized', 'You have an account already: sign in to accept the invitation');

function nameAndPasswordNeeded(name: string | undefined, password: string | undefined): Problem {
  const missing = [...(name === undefined ? ['name'] : []), ...(password === undefined ? ['password'] : [])];
  const errors = missing.map((field) => ({ field, code: 'required', message: `${field} is required` }));
  const text = `${missing.join(' and ')} needed: choose them to join as a new user`;
  return new Problem(422, 'request.invalid_body', text, { errors });
}
