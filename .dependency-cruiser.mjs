/**
 * What may import what. Each rule's comment is its reason, and is printed with a violation.
 * Paths are regular expressions on files relative to the project.
 */
const TESTS = '\\.spec\\.(ts|mjs)$|\\.e2e-spec\\.ts$|^test/|^(apps|libs)/[^/]+/src/testing/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules in a cycle see each other half-loaded: injected classes are undefined at start.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'app-imports-no-app',
      comment: 'Services are deployed apart and speak over NATS; only apps/standalone puts several into one process.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: `^apps/standalone/|${TESTS}` },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'app-is-entered-by-its-service-file',
      comment:
        'Composition and tests start a service as production does, through src/service.ts, and reach past nothing.',
      severity: 'error',
      from: { path: '^(apps/standalone|tools|bench)/' },
      to: { path: '^apps/[^/]+/', pathNot: '^apps/standalone/|/src/service\\.ts$' },
    },
    {
      name: 'lib-imports-no-app',
      comment: 'Libraries are below the services; one that knows a service cannot serve the others.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|bench|test)/' },
    },
    {
      name: 'lib-is-entered-by-its-index',
      comment: 'The index lists what a library promises; everything behind it may change without asking.',
      severity: 'error',
      from: { path: '^(apps|tools|bench|deploy|test)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'lib-is-entered-by-its-index-from-libs',
      comment: 'The index lists what a library promises; everything behind it may change without asking.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: '^libs/$1/|^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'What crosses a process border must be readable by every process, so it depends on no library of ours.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: TESTS },
      to: { path: '^libs/(?!contracts/)' },
    },
    {
      name: 'helpers-know-no-machinery',
      comment:
        'A helper gets CRM, HTTP, clock and random from its run context; then it runs the same in tests, dry runs and runners.',
      severity: 'error',
      from: { path: '^libs/helpers/src/', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm', 'npm-optional', 'npm-peer', 'core'],
        pathNot: 'node_modules/(zod|luxon|decimal\\.js|libphonenumber-js|re2js|ipaddr\\.js|write-excel-file)/',
      },
    },
    {
      name: 'helpers-import-only-contracts-and-types',
      comment: "A helper sees the connector port as types only; the code behind it is the runner's business.",
      severity: 'error',
      from: { path: '^libs/helpers/src/', pathNot: TESTS },
      to: { path: '^libs/(?!helpers/|contracts/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-knows-no-framework',
      comment: 'The rules of the product are plain functions and types, testable without a server.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/domain/', pathNot: TESTS },
      to: {
        path: 'node_modules/(@nestjs|mongoose|@nats-io|fastify|undici)|^libs/(persistence|messaging|service-defaults)/',
      },
    },
    {
      name: 'broker-only-through-messaging',
      comment:
        'Acknowledgement, trace context and reconnecting are solved once, in libs/messaging; only services whose business is the queue or the event stream itself handle streams.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `^libs/(messaging|testing|connectors)/|^apps/(helpers|helper-runner|gateway)/|${TESTS}`,
      },
      to: { path: 'node_modules/@nats-io/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'database-only-through-persistence',
      comment:
        'Tenant scope, write concern and retries are solved once, in libs/persistence; a service adds only its schemas.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `^libs/(persistence|testing|telemetry)/|^apps/.+/persistence/|${TESTS}`,
      },
      to: { path: 'node_modules/(mongoose|@nestjs/mongoose|mongodb)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'outbound-http-only-through-http',
      comment:
        'Time limits, size limits, redaction and the address guard are solved once, in libs/http. The gateway passes ' +
        'on what it neither reads nor addresses itself.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `^libs/(http|telemetry|testing)/|^apps/gateway/src/forward-requests/|${TESTS}`,
      },
      to: { path: 'node_modules/undici/|^(node:)?https$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'production-imports-no-test-support',
      comment: 'Test support and development packages are not installed in production.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^libs/testing/|${TESTS}` },
      to: { path: '^libs/testing/|^apps/[^/]+/src/testing/' },
    },
    {
      name: 'production-imports-no-development-package',
      comment: 'Test support and development packages are not installed in production.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^libs/testing/|${TESTS}` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-listed-packages',
      comment: 'A package that package.json does not list disappears with the next update of the one that brought it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere fails at start.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
