/** Who may import whom. Each rule's comment says why, and what to do instead. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one idea: merge them, or move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      comment:
        'Core takes values and returns values. Give it what it needs as an argument; do input and output in an adapter.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: ['^src/core/', 'node_modules/(zod|@noble/hashes|node-diff3)/'] },
    },
    {
      name: 'engine-knows-ports-only',
      comment:
        'The engine says what it needs in engine/ports; hosts bring it. Never import an adapter or the SDK here.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: ['^src/(core|engine)/', 'node_modules/zod/'] },
    },
    {
      name: 'adapters-know-core-and-ports',
      comment:
        'Jira, transport and seal translate; decisions belong in core, verbs in engine, wiring in a host.',
      severity: 'error',
      from: { path: '^src/(jira|transport|seal)/' },
      to: { path: '^src/', pathNot: ['^src/core/', '^src/engine/ports/', '^src/$1/'] },
    },
    {
      name: 'openpgp-only-in-seal',
      comment: 'One folder knows the cryptography; use the Sealer port.',
      severity: 'error',
      from: { pathNot: '^(src/seal/|test/)' },
      to: { path: 'node_modules/openpgp/' },
    },
    {
      name: 'api-is-a-contract',
      comment: 'The contract between screens and resolvers holds schemas only.',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { pathNot: ['^src/api/', '^src/core/model/', 'node_modules/zod/'] },
    },
    {
      name: 'forge-sdk-only-in-forge',
      comment: 'Only the Forge host knows Forge; the engine also runs in the agent.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/forge/' },
      to: { path: 'node_modules/@forge/' },
    },
    {
      name: 'hosts-do-not-meet',
      comment: 'Forge host and agent share the engine, not each other.',
      severity: 'error',
      from: { path: '^src/(forge|agent)/' },
      to: { path: '^src/(forge|agent)/', pathNot: '^src/$1/' },
    },
    {
      name: 'entry-re-exports-only',
      comment: 'src/index.ts lists the handlers of manifest.yml and holds nothing else.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { pathNot: '^src/forge/' },
    },
    {
      name: 'ui-sees-api-only',
      comment:
        'Screens show what resolvers answer; they decide nothing. Logs are checked where the files are, so that no server has to be believed.',
      severity: 'error',
      from: { path: '^static/' },
      to: { path: '^src/', pathNot: ['^src/api/', '^src/core/audit/(verify-audit|compare-audits)\\.ts$'] },
    },
    {
      name: 'emulator-is-a-stranger',
      comment:
        'If the emulator shared code with the product, one mistake would sit on both sides and tests would agree with it.',
      severity: 'error',
      from: { path: '^test/emulator/' },
      to: { path: '^(src|static)/' },
    },
    {
      name: 'src-never-imports-test',
      comment: 'What ships does not know what proves it.',
      severity: 'error',
      from: { path: '^(src|static)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead or forgotten.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/(index\\.ts|agent/main\\.ts)' },
      to: {},
    },
    {
      name: 'no-dev-dependency-in-src',
      comment: 'What ships may only use dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|static/app/dev/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
