import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A text that begins as a subject of the broker does. Error codes (`executions.not_found`) and paths inside stored
 * documents (`events.type`) begin alike but have no wildcard, no placeholder and no third part.
 */
const SUBJECT =
  /['"`](?:(?:executions|events|questions|effects|schedules|dead-letters)\.(?:>|\*|\$\{)|(?:events|questions)\.[a-z-]+\.[a-z_>*-]+|schedules\.(?:at|due)\b)/;

it('spells no subject outside libs/contracts: one file must show everything that travels', () => {
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.ts') && !/spec\.ts$|testing\//.test(file))
      .map((file) => join(folder, file)),
  );
  const spelled = files
    .filter((file) => !file.startsWith(join('libs', 'contracts')))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => SUBJECT.test(line) && !line.trimStart().startsWith('*'))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(spelled).toEqual([]);
});
