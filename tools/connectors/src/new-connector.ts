import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** File of a new vendor to the template it is made of. */
const FILES: Readonly<Record<string, string>> = {
  'libs/connectors/src/__slug__/manifest.ts': 'connector/manifest.ts.txt',
  'libs/connectors/src/__slug__/dialect.ts': 'connector/dialect.ts.txt',
  'libs/connectors/src/__slug__/traits.ts': 'connector/traits.ts.txt',
  'libs/connectors/src/__slug__/schemas.ts': 'connector/schemas.ts.txt',
  'libs/connectors/src/__slug__/module.ts': 'connector/module.ts.txt',
  'libs/connectors/src/__slug__/__slug__-connector.ts': 'connector/connector.ts.txt',
  'apps/sandbox-crm/src/dialects/__slug__/__slug__-dialect.ts': 'dialect/dialect.ts.txt',
  'test/e2e/connectors/__slug__.e2e-spec.ts': 'test/e2e-spec.ts.txt',
  'test/e2e/connectors/corrections/__slug__.ts': 'test/corrections.ts.txt',
};

/** A line that goes before another one in a file that lists all vendors. */
interface Registration {
  file: string;
  /** The text before which the line goes. */
  before: string;
  line: string;
}

const REGISTRATIONS: readonly Registration[] = [
  { file: 'libs/connectors/src/_kit/contact.ts', before: "  'sandbox',\n] as const;", line: "  '__slug__',\n" },
  {
    file: 'libs/connectors/src/platforms.ts',
    before: "import { placed, type PlatformPlaces } from './places.js';",
    line: "import { __camel__Manifest } from './__slug__/manifest.js';\n",
  },
  { file: 'libs/connectors/src/platforms.ts', before: '  boxManifest,\n', line: '  __camel__Manifest,\n' },
  {
    file: 'libs/connectors/src/vendors.ts',
    before: "import type { PlatformPlaces } from './places.js';",
    line: "import { __camel__Module } from './__slug__/module.js';\n",
  },
  {
    file: 'libs/connectors/src/vendors.ts',
    before: '  sandbox: keapModule,\n',
    line: '  __slug__: __camel__Module,\n',
  },
  {
    file: 'apps/sandbox-crm/src/sandbox.ts',
    before: "import { EffectLog } from './effects/effect-log.js';",
    line: "import { __camel__Dialect } from './dialects/__slug__/__slug__-dialect.js';\n",
  },
  { file: 'apps/sandbox-crm/src/sandbox.ts', before: 'keapDialect(),', line: '__camel__Dialect(), ' },
  { file: 'test/e2e/connectors/corrections/correction.ts', before: " | 'hubspot';", line: " | '__slug__'" },
  {
    file: 'test/e2e/connectors/document-corrections.ts',
    before: "import type { DocumentCorrection, Vendor } from './corrections/correction.js';",
    line: "import { __CONSTANT___CORRECTIONS } from './corrections/__slug__.js';\n",
  },
  {
    file: 'test/e2e/connectors/document-corrections.ts',
    before: '  hubspot: HUBSPOT_CORRECTIONS,\n',
    line: '  __slug__: __CONSTANT___CORRECTIONS,\n',
  },
];

/**
 * Makes the folders of a new vendor and its test, and registers them. The connector compiles and refuses what it
 * cannot do yet; the contract suite fails wherever that is.
 * @returns the files that were made, relative to the project
 * @throws Error in one sentence that says what to change
 */
export async function newConnector(projectRoot: string, slug: string): Promise<string[]> {
  if (!/^[a-z][a-z0-9]{2,29}$/.test(slug)) {
    throw new Error('Name the vendor by its slug: 3 to 30 lower-case letters and digits, such as pipedrive.');
  }
  const folder = join('libs/connectors/src', slug);
  if (existsSync(join(projectRoot, folder))) throw new Error(`There is a folder ${folder} already.`);
  const registered = withRegistrations(projectRoot, slug);
  const templates = join(projectRoot, 'tools/connectors/templates');
  const made = Object.entries(FILES).map(([file, template]): [string, string] => [
    named(file, slug),
    named(readFileSync(join(templates, template), 'utf8'), slug),
  ]);
  for (const [file, text] of [...made, ...registered]) {
    const path = join(projectRoot, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
  return made.map(([file]) => file);
}

/** The files that list all vendors, with the new one among them; nothing is written when one has changed its shape. */
function withRegistrations(projectRoot: string, slug: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, before, line } of REGISTRATIONS) {
    const text = files.get(file) ?? readFileSync(join(projectRoot, file), 'utf8');
    if (text.split(before).length !== 2) {
      throw new Error(`${file} has changed: say in tools/connectors/src/new-connector.ts where a vendor is listed.`);
    }
    files.set(
      file,
      text.replace(before, () => named(line, slug) + before),
    );
  }
  return files;
}

function named(text: string, slug: string): string {
  const name = slug.charAt(0).toUpperCase() + slug.slice(1);
  return text
    .replaceAll('__slug__', slug)
    .replaceAll('__camel__', slug)
    .replaceAll('__Pascal__', name)
    .replaceAll('__Name__', name)
    .replaceAll('__Initial__', name.charAt(0))
    .replaceAll('__CONSTANT__', slug.toUpperCase());
}
