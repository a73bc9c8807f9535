/** The table of all limits is true: each row names a test that is there, and none stands twice. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createControlApp } from '../emulator/control/control-app';
import { ALL_LIMITS } from '../emulator/coverage/all-limits';
import * as jira from '../emulator/jira/limits';
import { PLATFORM_LIMIT_ROWS } from '../emulator/platform/limit-rows';
import type { Platform } from '../emulator/platform/platform';
import type { World } from '../emulator/world-contract';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is wrong with the name of a test, if anything. */
function problemOf(name: string): string | undefined {
  const [, file = '', title = '', example] = /^(\S+\.test\.ts): (.*?)(?: › (.*))?$/.exec(name) ?? [];
  const path = join(__dirname, file);
  if (file === '' || !existsSync(path)) return 'no such file';
  const text = readFileSync(path, 'utf8');
  // A title is the first argument of `test(` or of what `test.each(...)` gives.
  const titled = new RegExp(`(?:\\btest\\(|\\)\\()\\s*['"\`]${escaped(title)}['"\`]`);
  if (!titled.test(text)) return `no test '${title}'`;
  if (example === undefined) return undefined;
  return new RegExp(`['"]?${escaped(example)}['"]?\\s*[,:]`).test(text) ? undefined : `no case '${example}'`;
}

test('each limit names a test that is there', () => {
  const problems = ALL_LIMITS.map(({ name, test: named }) => ({ name, named, problem: problemOf(named) }));
  expect(problems.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(ALL_LIMITS.length).toBeGreaterThan(100);
});

test('a test that is not there would be noticed', () => {
  expect(problemOf('runtime-limits.test.ts: a limit that nobody hits')).toMatch('no test');
  expect(problemOf('nowhere.test.ts: a log of over 200 KB is cut')).toBe('no such file');
  expect(problemOf('platform-limits.test.ts: because %s › of bad weather')).toMatch('no case');
  expect(problemOf('runtime-limits.test.ts: a log of over 200 KB is cut')).toBeUndefined();
});

test('no name stands twice, and nothing is left open', () => {
  const names = ALL_LIMITS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  for (const limit of ALL_LIMITS)
    for (const value of Object.values(limit)) expect(String(value)).not.toBe('');
});

/** Not limits: how fast work goes, what a fresh bucket holds; and sizes that no test can send. */
const NO_ROWS = [
  'BURST_CAPACITY_SECONDS',
  'TASK_START_MS',
  'TASK_STEP_MS',
  'NEAR_LIMIT_OF_ISSUE',
  'UPLOAD_LIMIT_BYTES',
];

test('every number of the sites has its row', () => {
  const values = new Set(ALL_LIMITS.filter(({ part }) => part === 'jira').map(({ value }) => value));
  const missing = Object.entries(jira)
    .filter(([name, value]) => typeof value === 'number' && !NO_ROWS.includes(name) && !values.has(value))
    .map(([name]) => name);
  expect(missing).toEqual([]);
  expect(PLATFORM_LIMIT_ROWS.length).toBeGreaterThan(30);
});

test('the control API prints the table', async () => {
  const world = { addresses: { console: '' }, sites: () => [] } as unknown as World;
  const app = createControlApp({ world, platform: {} as Platform, reset: () => {} });
  const answer = await (await app.request('/limits')).json();
  expect(answer).toEqual({ limits: JSON.parse(JSON.stringify(ALL_LIMITS)) });
});
