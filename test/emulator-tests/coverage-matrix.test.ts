/** The coverage matrix tells the truth: it lists what the documents list, and says of each what a site does with it. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createRealClock } from '../emulator/core/clock';
import { createRandom } from '../emulator/core/random';
import { documentedOperations, listedOperations } from '../emulator/coverage/documented-operations';
import {
  levelTotals,
  MATRIX_FILE,
  matrixOf,
  matrixText,
  parseMatrix,
  readMatrix,
} from '../emulator/coverage/operation-matrix';
import { coverageTable, README_FILE, readReadme, withTable } from '../emulator/coverage/readme-table';
import { SDK_SURFACE } from '../emulator/coverage/sdk-surface';
import { createCloudSite } from '../emulator/jira/create-cloud-site';

const site = createCloudSite({ key: 'acme', clock: createRealClock(), random: createRandom(5) });
const given = process.env['CONTRACT_DIR'];
const folder = given ? resolve(__dirname, '../..', given) : undefined;

if (process.env['UPDATE'] === '1') {
  const documented = folder ? documentedOperations(folder) : listedOperations(readMatrix());
  const rows = matrixOf(documented, site.operations());
  writeFileSync(MATRIX_FILE, matrixText(rows));
  writeFileSync(README_FILE, withTable(readReadme(), coverageTable(rows, SDK_SURFACE)));
}

const matrix = readMatrix();
const byName = <T extends { method: string; path: string }>(rows: readonly T[]) =>
  [...rows].sort((left, right) =>
    `${left.path} ${left.method}`.localeCompare(`${right.path} ${right.method}`, 'en'),
  );

test('the matrix says of every operation what the routes say', () => {
  const routed = site.operations();
  expect(byName(matrix)).toEqual(byName(matrixOf(listedOperations(matrix), routed)));
  expect(new Set(matrix.map(({ method, path }) => `${method} ${path}`)).size).toBe(matrix.length);
  for (const { level, note, path } of matrix) {
    if (level === 'full') continue;
    expect(`${path}: ${note}`).toMatch(/: .{8,}/);
  }
});

test('its text is read back as it was written', () => {
  expect(parseMatrix(matrixText(matrix))).toEqual(matrix);
  expect(() => parseMatrix('## Issues (platform)\nfine GET /rest/api/3/issue')).toThrow('no operation');
});

(folder === undefined ? test.skip : test)(
  'it lists what the documents list (skipped without CONTRACT_DIR)',
  () => {
    expect(byName(listedOperations(matrix))).toEqual(byName(documentedOperations(folder ?? '')));
  },
);

test('both documents are listed whole, and at least 150 of their operations are full', () => {
  const documented = matrix.filter(({ document }) => document !== 'beyond');
  expect(documented.filter(({ document }) => document === 'platform')).toHaveLength(616);
  expect(documented.filter(({ document }) => document === 'agile').length).toBeGreaterThan(100);
  expect(levelTotals(documented).full).toBeGreaterThanOrEqual(150);
});

describe('an operation that is refused', () => {
  const ada = site.users()[0];
  const call = (method: string, path: string) =>
    site.handle(
      new Request(`http://site.test${path.replaceAll(/\{[^}]+\}/g, '10000')}`, {
        method,
        ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' }),
      }),
      { kind: 'user', accountId: ada?.accountId ?? '' },
    );

  test('without a route answers 501 and names itself', async () => {
    const routed = new Set(site.operations().map(({ method, path }) => `${method} ${path}`));
    const unrouted = matrix.filter(
      ({ level, method, path }) => level === 'refused' && !routed.has(`${method} ${path}`),
    );
    const quiet: string[] = [];
    for (const { method, path } of unrouted) {
      const response = await call(method, path);
      const named = response.headers.get('x-emulator-refused');
      if (response.status !== 501 || named === null) quiet.push(`${method} ${path}: ${response.status}`);
    }
    expect(quiet).toEqual([]);
    expect(unrouted.length).toBeGreaterThan(100);
  });

  test('with a route answers as Jira refuses it', async () => {
    const routed = site.operations().filter(({ level }) => level === 'refused');
    for (const { method, path } of routed) {
      const { status } = await call(method, path);
      expect({ operation: `${method} ${path}`, refused: [403, 410, 501].includes(status) }).toEqual({
        operation: `${method} ${path}`,
        refused: true,
      });
    }
  });
});

test('the README shows the same', () => {
  expect(readReadme()).toBe(withTable(readReadme(), coverageTable(matrix, SDK_SURFACE)));
});
