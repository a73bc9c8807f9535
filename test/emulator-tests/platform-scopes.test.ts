/** Which scopes Jira's operations need, and what happens to an app that did not ask for them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRealClock } from '../emulator/core/clock';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import { deriveScopeTable, SCOPE_DOCUMENTS, SCOPE_TABLE_FILE } from '../emulator/platform/derive-scope-table';
import { readManifest } from '../emulator/platform/manifest';
import { SCOPE_TABLE, scopeNeedOf } from '../emulator/platform/scope-table';
import { missingScopes } from '../emulator/platform/scopes';

const REPOSITORY = resolve(__dirname, '../..');
const contract = process.env['CONTRACT_DIR'];
const site = createCloudSite({ key: 'acme', clock: createRealClock(), random: createRandom(1) });

(contract ? test : test.skip)('the table says what the OpenAPI documents say', () => {
  const folder = resolve(REPOSITORY, contract ?? '');
  const derived = SCOPE_DOCUMENTS.flatMap((name) => {
    const file = join(folder, name);
    if (!existsSync(file)) throw new Error(`CONTRACT_DIR has no ${name}`);
    return deriveScopeTable(JSON.parse(readFileSync(file, 'utf8')));
  });
  expect(readFileSync(SCOPE_TABLE_FILE, 'utf8').trimEnd().split('\n')).toEqual(derived);
});

/** Served although no document names it: where a redirect of an attachment leads, which takes no token at all. */
const MEDIA = /^GET \/rest\/emulator-media\//;

test('every operation that a site serves has its scopes in the table', () => {
  const operations = site.operations?.() ?? [];
  expect(operations.length).toBeGreaterThan(100);
  const unknown = operations
    .filter(({ level }) => level !== 'refused')
    .map(({ method, path }) => ({ method, path, operation: `${method} ${path}` }))
    .filter(({ operation }) => !MEDIA.test(operation))
    .filter(({ method, path }) => scopeNeedOf(method, path) === undefined);
  expect(unknown.map(({ operation }) => operation)).toEqual([]);
});

test.each([
  ['GET', '/rest/api/3/issue/ABC-1?fields=summary', ['read:jira-work']],
  ['GET', '/rest/api/2/issue/ABC-1', ['read:jira-work']],
  ['PUT', '/rest/api/3/issue/ABC-1', ['write:jira-work']],
  ['POST', '/rest/api/3/search/jql', ['read:jira-work']],
  ['POST', '/rest/api/3/issue/bulkfetch', ['read:jira-work']],
  ['GET', '/rest/api/3/user/search?query=a', ['read:jira-user']],
  ['POST', '/rest/api/3/permissions/check', []],
  ['GET', '/rest/agile/1.0/sprint/4', ['read:sprint:jira-software']],
  ['PUT', '/rest/api/3/mypreferences/locale', ['an operation open to apps']],
])('%s %s needs %j', (method, path, scopes) => {
  expect(missingScopes(new Set(), method, path)).toEqual(scopes);
});

test('granular scopes do instead of the classic one, all of them together', () => {
  const need = scopeNeedOf('GET', '/rest/api/3/issue/ABC-1');
  const granular = need?.granular ?? [];
  expect(granular.length).toBeGreaterThan(1);
  expect(missingScopes(new Set(granular), 'GET', '/rest/api/3/issue/ABC-1')).toEqual([]);
  expect(missingScopes(new Set(granular.slice(1)), 'GET', '/rest/api/3/issue/ABC-1')).toEqual([
    'read:jira-work',
  ]);
});

describe('the product without one of its scopes', () => {
  const granted = readManifest(REPOSITORY).scopes;
  const refusedWith = (scopes: ReadonlySet<string>) =>
    SCOPE_TABLE.filter(({ operation }) => {
      const [method = '', path = ''] = operation.split(' ');
      return missingScopes(scopes, method, path).length > 0;
    }).map(({ operation }) => operation);
  const losing = (scope: string) => {
    const before = new Set(refusedWith(granted));
    const fewer = new Set([...granted].filter((candidate) => candidate !== scope));
    return refusedWith(fewer).filter((operation) => !before.has(operation));
  };

  test.each([
    [
      'read:jira-work',
      [
        'GET /rest/api/3/issue/{issueIdOrKey}',
        'POST /rest/api/3/issue/bulkfetch',
        'GET /rest/api/3/search/jql',
        'GET /rest/api/3/attachment/content/{id}',
        'GET /rest/api/3/project/{projectIdOrKey}',
        'GET /rest/api/3/mypermissions',
      ],
    ],
    [
      'write:jira-work',
      [
        'POST /rest/api/3/issue',
        'PUT /rest/api/3/issue/{issueIdOrKey}',
        'POST /rest/api/3/issue/{issueIdOrKey}/transitions',
        'POST /rest/api/3/issue/{issueIdOrKey}/comment',
        'POST /rest/api/3/issue/{issueIdOrKey}/attachments',
        'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}',
      ],
    ],
    ['read:jira-user', ['GET /rest/api/3/myself', 'GET /rest/api/3/user', 'GET /rest/api/3/users/search']],
  ])('loses with %s what the scope stands for', (scope, operations) => {
    expect(granted).toContain(scope);
    const lost = losing(scope);
    expect(lost).toEqual(expect.arrayContaining(operations));
  });

  test('may not administer Jira, whatever it has', () => {
    expect(refusedWith(granted)).toEqual(
      expect.arrayContaining([
        'POST /rest/api/3/field',
        'GET /rest/api/3/workflows/search',
        'GET /rest/api/3/webhook',
      ]),
    );
  });
});
