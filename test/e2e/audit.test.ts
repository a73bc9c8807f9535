/** The audit log of the shipped app: exported through its calls on both sites, checked and compared by the verifier; undo, replay. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue, editIssue, type IssueRef } from './support/issues';
import { type RunningApp, type SiteKey, startApp } from './support/running-app';

const root = join(__dirname, '../..');
const run = promisify(execFile);

let app: RunningApp;
let id: string;
let issue: IssueRef;
let twin: string;
const folder = mkdtempSync(join(tmpdir(), 'concord-audit-'));

beforeAll(async () => {
  app = await startApp();
  id = await connect(app);
  await agree(app, id);
  issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Printer smokes' });
  await app.settle();
  twin = (await twinOf(app, 'acme', issue)) ?? '';
  await editIssue(app, 'acme', issue.key, { summary: 'Printer burns' });
  await app.settle();
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await app.stop();
});

async function exported(site: SiteKey, form: 'full' | 'shared'): Promise<string> {
  let text = '';
  let cursor: string | undefined;
  do {
    const page = await app.call(site, 'exportAudit', { id, form, cursor });
    text += page.lines;
    cursor = page.cursor;
  } while (cursor !== undefined);
  const path = join(folder, `${site}-${form}.jsonl`);
  writeFileSync(path, text);
  return path;
}

async function verify(...files: string[]): Promise<{ code: number; said: string }> {
  const script = join(root, 'src/agent/verify-audit.ts');
  try {
    const tsx = join(root, 'node_modules/.bin/tsx');
    const { stdout } = await run(tsx, [script, ...files], { cwd: root });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, said: stdout };
  }
}

async function summaryOf(site: SiteKey, key: string): Promise<unknown> {
  return (await app.rest(site, 'GET', `issue/${key}?fields=summary`)).body['fields']?.['summary'];
}

it('sets back on both sites what a message changed, and looks at a time again', async () => {
  const { batches } = await app.call('globex', 'applied', { id });
  expect(batches[0]?.issues).toEqual([{ key: twin, what: ['Summary'] }]);
  const seq = batches[0]?.seq ?? 0;
  const undone = await app.call('globex', 'undo', { id, seq, dry: false });
  const change = { key: twin, what: 'Summary', from: 'Printer burns', to: 'Printer smokes' };
  expect(undone).toEqual({ asked: [change], skipped: [], more: false });
  await app.settle();
  expect(await summaryOf('globex', twin)).toBe('Printer smokes');
  expect(await summaryOf('acme', issue.key)).toBe('Printer smokes');
  await app.call('acme', 'startReplay', { id, from: Date.now() - 600_000, to: Date.now() });
  await app.settle();
  expect(await app.call('acme', 'replay', { id })).toMatchObject({ state: 'done' });
}, 120_000);

it('exports logs that are whole and tell the same, and the verifier finds what was changed', async () => {
  const [mine, theirs] = [await exported('acme', 'full'), await exported('globex', 'shared')];
  const both = await verify(mine, theirs);
  expect(both.said).toMatch(/acme-full.jsonl: whole\..*\n.*globex-shared.jsonl: whole\..*\nBoth sites tell/);
  expect(both.code).toBe(0);
  const text = readFileSync(mine, 'utf8');
  expect(text).not.toContain('Printer');
  const { accountId } = app.sites.acme.admin;
  for (const act of ['invite', 'confirmPartner', 'publish', 'startReplay']) {
    expect(text).toContain(`"own":{"act":"${act}","who":"${accountId}"`);
  }
  expect(readFileSync(theirs, 'utf8')).not.toContain(twin);

  const changed = join(folder, 'changed.jsonl');
  writeFileSync(changed, text.replace('"act":"publish"', '"act":"replays"'));
  expect(await verify(changed)).toMatchObject({ code: 1, said: expect.stringContaining('BROKEN at line') });
  const lines = text.split('\n');
  writeFileSync(changed, [...lines.slice(0, 4), ...lines.slice(5)].join('\n'));
  expect(await verify(changed, theirs)).toMatchObject({
    code: 1,
    said: expect.stringContaining('Entry 4 should stand here.'),
  });
}, 120_000);

it('is only for admins', async () => {
  const { member } = app.sites.acme;
  for (const [name, request] of [
    ['exportAudit', { id, form: 'full' }],
    ['undo', { id, seq: 1, dry: true }],
    ['startReplay', { id, from: 0, to: 1 }],
  ] as const) {
    const refused = await app.tryCall('acme', name, request, member);
    expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  }
});
