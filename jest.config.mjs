import { readFileSync } from 'node:fs';

const { imports } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** The `#name` imports of package.json, pointed at the sources: stated once, there. */
const subpathImports = Object.fromEntries(
  Object.entries(imports).map(([name, target]) => [`^${name}$`, `<rootDir>/${target.source.slice(2)}`]),
);

const typescript = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

function project(displayName, options) {
  return {
    displayName,
    rootDir: import.meta.dirname ?? process.cwd(),
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '^.+\\.ts$': typescript },
    // A package's data in `x.json.js` is a module, not the JSON beside it.
    moduleNameMapper: { ...subpathImports, '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data/'],
    injectGlobals: false,
    ...options,
  };
}

const realServers = {
  globalSetup: '<rootDir>/libs/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/global-teardown.mjs',
};

const sourceFolders = '<rootDir>/{apps,libs,tools,deploy,bench}';

/**
 * Suites that send bursts, kill processes or hold time limits: a neighbour that does the same on a small machine would
 * make them fail for no fault of the product.
 */
const ALONE = '\\.alone\\.';

export default {
  projects: [
    project('unit', {
      testMatch: [`${sourceFolders}/**/*.spec.{ts,mjs}`],
      testPathIgnorePatterns: ['/node_modules/', '\\.component\\.spec\\.ts$'],
    }),
    project('component', {
      testMatch: [`${sourceFolders}/**/*.component.spec.ts`],
      testPathIgnorePatterns: ['/node_modules/', ALONE],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/setup/component-timeouts.mjs'],
      ...realServers,
    }),
    project('e2e', {
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', ALONE],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/setup/e2e-timeouts.mjs'],
      ...realServers,
    }),
    project('alone', {
      testMatch: [`${sourceFolders}/**/*.alone.component.spec.ts`, '<rootDir>/test/e2e/**/*.alone.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/setup/e2e-timeouts.mjs'],
      ...realServers,
    }),
    project('vectors', { testMatch: ['<rootDir>/test/vectors/**/*.spec.ts'] }),
  ],
};
