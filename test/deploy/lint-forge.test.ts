/** The checks of a deployment: silent for the app as it is, loud for each thing taken away from its manifest. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { type AppManifest, manifestSchema, readAppManifest, scopesOf } from './app-manifest';
import { productFindings } from './product-rules';
import { serverFindings } from './server-rules';

const ROOT = resolve(__dirname, '../..');
const MANIFEST = join(ROOT, 'manifest.yml');
const manifest = readAppManifest(MANIFEST);

/** The manifest after `change` to a copy of it. */
function changed(change: (raw: ReturnType<typeof rawManifest>) => void): AppManifest {
  const raw = rawManifest();
  change(raw);
  return manifestSchema.parse(raw);
}

function rawManifest() {
  return parse(readFileSync(MANIFEST, 'utf8')) as {
    app: {
      runtime: { name: string; memoryMB: number };
      storage: { entities: { name: string; indexes: { name: string; range: string[] }[] }[] };
    };
    modules: {
      webtrigger: { key: string; urlFormat: string }[];
      scheduledTrigger: { key: string; function: string; interval: string }[];
      trigger: { key: string; events: string[] }[];
      function: { key: string; handler: string; timeoutSeconds?: number }[];
    };
    permissions: {
      scopes: string[];
      external: { fetch: { backend: { address: string }[] } };
    };
  };
}

const messages = (findings: { message: string }[]) => findings.map(({ message }) => message);

test('the manifest grants what the source needs and nothing else', () => {
  expect(productFindings(ROOT, manifest)).toEqual([]);
  expect(serverFindings(ROOT, manifest)).toEqual([]);
});

test.each(scopesOf(manifest))('without the scope %s it says who needs it', (scope) => {
  const less = changed((raw) => {
    raw.permissions.scopes = raw.permissions.scopes.filter((one) => one !== scope);
  });
  const findings = productFindings(ROOT, less);
  expect(findings.length).toBeGreaterThan(0);
  for (const { level, message } of findings) {
    expect(level).toBe('error');
    expect(message).toContain(scope);
  }
});

test('a scope that nothing needs is a warning', () => {
  const more = changed((raw) => raw.permissions.scopes.push('manage:jira-configuration'));
  expect(productFindings(ROOT, more)).toEqual([
    {
      level: 'warning',
      where: 'manifest.yml',
      message: 'nothing needs the scope manage:jira-configuration',
    },
  ]);
});

test('egress must allow partners and nobody else', () => {
  const { backend } = rawManifest().permissions.external.fetch;
  const without = changed((raw) => {
    raw.permissions.external.fetch.backend = [];
  });
  expect(messages(productFindings(ROOT, without))).toEqual([
    expect.stringContaining('does not allow https://'),
  ]);
  const more = changed((raw) => {
    raw.permissions.external.fetch.backend = [...backend, { address: 'api.example.com' }];
  });
  expect(messages(productFindings(ROOT, more))).toEqual(['nothing is called at api.example.com']);
});

test('an event that Jira does not send is an error', () => {
  const wrong = changed((raw) => raw.modules.trigger[0]?.events.push('avi:jira:painted:issue'));
  expect(messages(productFindings(ROOT, wrong))).toEqual(['no such event: avi:jira:painted:issue']);
});

type Raw = ReturnType<typeof rawManifest>;
test.each<[string, (raw: Raw) => void, string]>([
  ['an old runtime', (raw) => (raw.app.runtime.name = 'nodejs20.x'), 'deploy on nodejs22.x'],
  ['much memory', (raw) => (raw.app.runtime.memoryMB = 2_048), 'between 128 and 1024'],
  [
    'two range attributes',
    (raw) => raw.app.storage.entities[0]?.indexes[0]?.range.push('rev'),
    'exactly one range attribute',
  ],
  [
    'a short index name',
    (raw) => Object.assign(raw.app.storage.entities[0]?.indexes[0] ?? {}, { name: 'by' }),
    '3 to 50 characters',
  ],
  [
    'many entities',
    (raw) => {
      const [first] = raw.app.storage.entities;
      for (let n = 0; n < 21 && first; n += 1)
        raw.app.storage.entities.push({ ...first, name: `table-${n}` });
    },
    'an app can have 20',
  ],
  [
    'a webtrigger of the first format',
    (raw) => Object.assign(raw.modules.webtrigger[0] ?? {}, { urlFormat: 'v1' }),
    'urlFormat v2',
  ],
  [
    'a second five-minute schedule',
    (raw) => raw.modules.scheduledTrigger.push({ key: 'again', function: 'sweep', interval: 'fiveMinute' }),
    'more than one scheduled trigger',
  ],
  [
    'a key twice',
    (raw) => raw.modules.function.push({ key: 'sweep', handler: 'index.sweep' }),
    'the key sweep is used twice',
  ],
  [
    'a long resolver',
    (raw) => Object.assign(raw.modules.function[0] ?? {}, { timeoutSeconds: 60 }),
    'at most 25 seconds',
  ],
])('servers refuse %s', (_name, change, expected) => {
  const findings = messages(serverFindings(ROOT, changed(change)));
  expect(findings).toContainEqual(expect.stringContaining(expected));
});

// Atlassian's linters take a quarter of a minute, so one run has to show both. That the command passes as things are is
// what `npm run check` shows.
test('the command fails and names the missing scope and the missing egress entry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lint-forge-'));
  try {
    for (const name of ['src', 'static', 'package.json', 'tsconfig.json', 'node_modules']) {
      symlinkSync(join(ROOT, name), join(folder, name));
    }
    const raw = rawManifest();
    raw.permissions.scopes = raw.permissions.scopes.filter((one) => one !== 'write:jira-work');
    raw.permissions.external.fetch.backend = [];
    writeFileSync(join(folder, 'manifest.yml'), stringify(raw));
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const { status, stdout } = spawnSync(process.execPath, [tsx, join(ROOT, 'test/deploy/main.ts')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/error src\/jira\/.*needs write:jira-work/);
    expect(stdout).toMatch(/fetch\.backend does not allow https/);
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^lint:forge: errors [1-9]\d*, warnings 0$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
