/** Imports go one way: apps → projections and infrastructure → pure libs. Names of layers come from docs and style. */
const PURE = '^libs/(event-contracts|complaint-domain|service-time|configuration-model|reports)/';
const spec = '\\.spec\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-stand-alone',
      comment: 'The event contracts depend on nothing of ours.',
      severity: 'error',
      from: { path: '^libs/event-contracts/', pathNot: spec },
      to: { path: '^(apps|libs|projections|test)/', pathNot: '^libs/event-contracts/' },
    },
    {
      name: 'domain-knows-contracts-only',
      severity: 'error',
      from: { path: '^libs/complaint-domain/', pathNot: spec },
      to: { path: '^(apps|libs|projections|test)/', pathNot: '^libs/(complaint-domain|event-contracts)/' },
    },
    {
      name: 'pure-libs-know-pure-libs',
      severity: 'error',
      from: { path: PURE, pathNot: spec },
      to: { path: '^(apps|libs|projections|test)/', pathNot: PURE },
    },
    {
      name: 'pure-libs-know-no-framework',
      severity: 'error',
      from: { path: PURE, pathNot: spec },
      to: { path: 'node_modules/(@nestjs|@eventstore|mongodb|rxjs|lmdb|@grpc)/' },
    },
    {
      name: 'folds-are-pure',
      comment: 'A fold is replayed: contracts, time and configuration in, document out.',
      severity: 'error',
      from: { path: '^projections/.*\\.(fold|document)\\.ts$' },
      to: {
        path: '^(apps|libs|projections)/|node_modules/',
        pathNot:
          '^libs/(event-contracts|service-time|configuration-model)/|^libs/projection-engine/projection\\.ts$|^libs/projection-engine/index\\.ts$|^projections/[^/]+/.*\\.(fold|document)\\.ts$',
      },
    },
    {
      name: 'one-user-of-the-event-store-client',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: `^libs/(event-store|embedded-eventstore)/|${spec}` },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'one-user-of-the-mongodb-driver',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: `^libs/(read-store|embedded-mongodb)/|${spec}` },
      to: { path: 'node_modules/mongodb/' },
    },
    {
      name: 'engines-stand-apart',
      comment: 'The application reaches the engines through sockets only.',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: '^libs/embedded-|^apps/cli/|^libs/testing/|' + spec },
      to: { path: '^libs/embedded-(eventstore|mongodb)/' },
    },
    {
      name: 'libs-do-not-know-apps',
      severity: 'error',
      from: { path: '^(libs|projections)/', pathNot: spec },
      to: { path: '^apps/' },
    },
    {
      name: 'infrastructure-does-not-know-projections',
      severity: 'error',
      from: { path: '^libs/', pathNot: `${spec}|^libs/testing/` },
      to: { path: '^projections/' },
    },
    {
      name: 'apps-do-not-import-apps',
      comment: 'all-in-one and cli compose the others; nobody else does.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: `^apps/(all-in-one|cli)/|${spec}` },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'production-code-does-not-know-tests',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: `${spec}|^libs/testing/` },
      to: { path: '^(test|libs/testing)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: { pathNot: '^apps/cli/bin/' }, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    webpackConfig: { fileName: 'tools/depcruise-resolve.cjs' },
    exclude: { path: '^apps/cli/bin/' },
    enhancedResolveOptions: { conditionNames: ['import', 'require', 'node', 'default'], exportsFields: ['exports'] },
  },
};
