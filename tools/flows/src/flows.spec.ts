import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeNames } from './code-names.js';
import { picturesOf, readFlowPicture } from './flow-picture.js';
import { nameFaults } from './name-faults.js';

const FOLDER = join(import.meta.dirname, '../../../docs/flows');
const pages = readdirSync(FOLDER).filter((file) => file.endsWith('.md') && file !== 'README.md');
const pageOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const names = codeNames();

describe('docs/flows', () => {
  it.each(pages)('%s shows one picture, which names what the code has', (file) => {
    const pictures = picturesOf(pageOf(file));
    expect(pictures).toHaveLength(1);
    expect(nameFaults(readFlowPicture(pictures[0] ?? ''), names)).toEqual([]);
  });

  it('is listed whole on its first page', () => {
    const listed = [...pageOf('README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file]) => file);
    expect(listed.toSorted()).toEqual(pages.toSorted());
  });
});

const picture = (...lines: string[]): string =>
  ['sequenceDiagram', 'actor U as A person', 'participant S as SignInHandler', ...lines].join('\n');
const isParticipant = (line: string): boolean => line.startsWith('participant');
/** A picture in which the person has asked for something that can be had. */
const faultsOf = (...lines: string[]): string[] => {
  const said = lines.filter((line) => !isParticipant(line));
  return nameFaults(readFlowPicture(picture(...lines.filter(isParticipant), 'U->>S: execute', ...said)), names);
};

describe('the check of a picture', () => {
  it.each([
    ['an undeclared participant', ['U->>X: execute'], 'X is not declared'],
    ['a block that stays open', ['alt one', 'U->>S: execute'], 'alt is not closed'],
    ['an end too many', ['U->>S: execute', 'end'], 'no block to close'],
    ['else without alt', ['opt one', 'U->>S: execute', 'else two', 'end'], 'else belongs into alt'],
    ['an unknown arrow', ['U=>S: execute'], 'cannot be read'],
    ['a semicolon', ['U->>S: execute, first; then'], 'would misread'],
    ['a participant who does nothing', ['U->>U: waits'], 'S takes no part'],
    ['a message without a text', ['U->>S:'], 'cannot be read'],
  ])('refuses %s', (_, lines, reason) => {
    expect(() => readFlowPicture(picture(...lines))).toThrow(reason);
  });

  it.each([
    [['U->>S: perform'], 'SignInHandler has no method perform'],
    [['participant G as gateway', 'U->>G: POST /auth/nowhere'], 'there is no such route'],
    [['U->>S: POST /auth/refresh'], 'SignInHandler does not answer it'],
    [['participant E as EVENTS', 'S->>E: identity.user.gone'], 'there is no such event'],
    [['participant E as EVENTS', 'S->>E: identity.user.registered'], 'SignInHandler does not publish it'],
    [['participant B as billing', 'S->>B: getMembership'], 'billing answers no question getMembership'],
    [['participant A as accounts', 'S->>A: getAccount'], 'SignInHandler does not ask it'],
    [['participant N as NOTIFY', 'S->>N: mail wishes'], 'there is no such mail'],
    [['S-->>U: 401 auth.unheard_of'], 'no error has the code auth.unheard_of'],
    [['participant C as SignInPerformer', 'U->>C: execute'], 'no service, class or stream'],
  ])('finds that the code does not know %j', (lines, fault) => {
    expect(faultsOf(...lines).join('\n')).toContain(fault);
  });
});
