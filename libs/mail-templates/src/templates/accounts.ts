import { button, greeting, note, paragraph, when } from '../mail-content.js';
import type { MailWriters } from '../mail-content.js';
import { momentText, roleText } from '../wording.js';

type AccountsMail =
  | 'team_invite'
  | 'team_changed'
  | 'ownership_transferred'
  | 'account_deletion_scheduled'
  | 'account_restored'
  | 'account_erased';

export const accountsWriters: MailWriters<AccountsMail> = {
  team_invite: ({ inviter_name, inviter_email, account_name, role, token, expires_at }, { productName, appUrl }) => ({
    subject: `${inviter_name} invites you to ${account_name}`,
    heading: `Join ${account_name}`,
    blocks: [
      paragraph(
        `${inviter_name}${inviter_email === undefined ? '' : ` (${inviter_email})`} invites you to the account ` +
          `${account_name} at ${productName}, as ${roleText(role)}.`,
      ),
      button('Look at the invitation', `${appUrl}/invite/${encodeURIComponent(token)}`),
      paragraph(`The invitation ends on ${momentText(expires_at)}.`),
      note('If you do not know the sender, ignore this mail; nobody joins without accepting.'),
    ],
  }),
  team_changed: ({ name, change, member_name, you, account_name, role }, { appUrl }) => {
    const who = you ? 'You' : member_name;
    const sentence = {
      joined: `${who} joined ${account_name}${role === undefined ? '' : ` as ${roleText(role)}`}.`,
      removed: `${who} no longer ${you ? 'belong' : 'belongs'} to ${account_name}.`,
      role_changed: `${who} ${you ? 'have' : 'has'} another role in ${account_name}${role === undefined ? '' : `: ${roleText(role)}`}.`,
    }[change];
    return {
      subject: `The team of ${account_name} changed`,
      heading: 'The team changed',
      blocks: [
        greeting(name),
        paragraph(sentence),
        ...(you && change === 'removed' ? [] : [button('Open the team', `${appUrl}/settings?tab=team`)]),
      ],
    };
  },
  ownership_transferred: ({ name, account_name, from_name, to_name }, { supportAddress }) => ({
    subject: `${account_name} has a new owner`,
    heading: 'A new owner',
    blocks: [
      greeting(name),
      paragraph(`${from_name} handed ${account_name} over to ${to_name}, who is its owner from now on.`),
      note(`If this is not right, write to ${supportAddress} at once.`),
    ],
  }),
  account_deletion_scheduled: ({ name, account_name, erase_at, requested_by }, { appUrl }) => ({
    subject: `${account_name} will be erased`,
    heading: 'Your account was deleted',
    blocks: [
      greeting(name),
      paragraph(`${account_name} was deleted${requested_by === undefined ? '' : ` by ${requested_by}`}.`),
      paragraph(
        `Its helpers have stopped. All of its data is erased on ${momentText(erase_at)}; until then it can be restored.`,
      ),
      button('Restore the account', `${appUrl}/settings?tab=account`),
    ],
  }),
  account_restored: ({ name, account_name }, { appUrl }) => ({
    subject: `${account_name} was restored`,
    heading: 'Your account is back',
    blocks: [
      greeting(name),
      paragraph(`${account_name} was restored with everything in it.`),
      button('Open the app', appUrl),
    ],
  }),
  account_erased: ({ name, account_name }, { supportAddress }) => ({
    subject: `${account_name} was erased`,
    heading: 'Your account was erased',
    blocks: [
      greeting(name),
      paragraph(`The data of ${account_name} is gone for good, as announced when it was deleted.`),
      ...when(supportAddress, (address) => note(`Questions? Write to ${address}.`)),
    ],
  }),
};
