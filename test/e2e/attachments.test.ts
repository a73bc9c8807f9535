/**
 * Files through the shipped bundle: pictures in texts, and the largest file that the function's memory allows.
 * ATTACHMENT_WHOLE=1 lets a file of the whole size cross (about a minute); else one of a quarter of it does.
 */
import { largestFile } from '../../src/core/model/attachment-terms';
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { attach, bytesOf, filesOf, picture, told } from './support/files';
import { watchPeak } from './support/function-memory';
import { createIssue, editIssue, type IssueRef, paragraphs } from './support/issues';
import { listOf, type RunningApp, type SiteKey, startApp } from './support/running-app';

const size = process.env['ATTACHMENT_WHOLE'] === '1' ? largestFile : Math.floor(largestFile / 4);

let app: RunningApp;
let id: string;
beforeAll(async () => {
  app = await startApp({ buildUi: false, virtualClock: true });
  id = await connect(app);
  await agree(app, id, {
    adjust: (mapping) => ({ ...mapping, attachments: { direction: 'both', deletions: 'ignore' } }),
  });
}, 180_000);
afterAll(() => app.stop());

/** Bytes that do not repeat in any short rhythm. */
function bytes(count: number, seed = 1): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(count);
  let state = seed;
  for (let at = 0; at < count; at += 1) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    made[at] = state >> 16;
  }
  return made;
}

async function copyOf(issue: IssueRef): Promise<IssueRef> {
  return { id: '', key: (await twinOf(app, 'acme', issue)) ?? '' };
}

const names = async (site: SiteKey, issue: IssueRef) =>
  (await filesOf(app, site, issue)).map(({ name }) => name);

async function blocks(site: SiteKey, issue: IssueRef) {
  const { body } = await app.rest(site, 'GET', `issue/${issue.key}?fields=description`);
  return listOf(body['fields']?.['description']?.['content']);
}

const doc = (content: readonly unknown[]) => ({ type: 'doc', version: 1, content });
const line = (text: string) => paragraphs(text).content[0];

test('a document with pictures edited on both sites: no file is lost on either', async () => {
  const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Smoke' });
  const first = await attach(app, 'acme', issue, 'first.png', bytes(3_000));
  await editIssue(app, 'acme', issue.key, {
    description: doc([line('Look:'), picture(first), line('Bad.')]),
  });
  await app.settle(60_000);
  const twin = await copyOf(issue);
  expect(await told(app, 'globex', twin)).toEqual(['Look:', '<first.png>', 'Bad.']);

  const left = await attach(app, 'acme', issue, 'left.png', bytes(4_000, 2));
  const right = await attach(app, 'globex', twin, 'right.png', bytes(5_000, 3));
  await Promise.all([
    editIssue(app, 'acme', issue.key, {
      description: doc([picture(left), ...(await blocks('acme', issue))]),
    }),
    editIssue(app, 'globex', twin.key, {
      description: doc([...(await blocks('globex', twin)), picture(right)]),
    }),
  ]);
  await app.settle(120_000);
  const shown = ['<left.png>', 'Look:', '<first.png>', 'Bad.', '<right.png>'];
  expect(await told(app, 'acme', issue)).toEqual(shown);
  expect(await told(app, 'globex', twin)).toEqual(shown);

  // The same picture goes on one site and is written around on the other.
  await Promise.all([
    editIssue(app, 'acme', issue.key, { description: doc([line('All new.')]) }),
    editIssue(app, 'globex', twin.key, {
      description: doc([...(await blocks('globex', twin)), line('More.')]),
    }),
  ]);
  await app.settle(120_000);
  const all = ['first.png', 'left.png', 'right.png'];
  expect(await names('globex', twin)).toEqual(all);
  for (const file of await filesOf(app, 'globex', twin)) {
    expect((await bytesOf(app, 'globex', file.id)).byteLength).toBe(file.size);
  }
  const problems = await app.call('globex', 'problems', { id });
  expect(problems).toMatchObject({ problems: [] });
}, 180_000);

test('the largest file crosses, and one byte more waits with a reason', async () => {
  const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Film' });
  await app.settle();
  const twin = await copyOf(issue);
  const peak = watchPeak();
  const content = bytes(size);
  await attach(app, 'acme', issue, 'film.mp4', content);
  await app.settle(120_000);
  const used = peak.stop();
  const [copy] = await filesOf(app, 'globex', twin);
  expect(copy).toMatchObject({ name: 'film.mp4', size });
  expect((await bytesOf(app, 'globex', copy?.id ?? '')).equals(Buffer.from(content))).toBe(true);
  process.stdout.write(
    `largest attachment: ${size} bytes, peak memory ${Math.ceil(used / 1024 / 1024)} MB\n`,
  );

  await attach(app, 'acme', issue, 'longer.mp4', new Uint8Array(largestFile + 1));
  await app.settle(120_000);
  expect(await names('globex', twin)).toEqual(['film.mp4']);
  const { problems } = (await app.call('globex', 'problems', { id })) as { problems: unknown[] };
  expect(JSON.stringify(problems)).toContain('all that the app can hold at once');
}, 240_000);
