/** A hundred edits spread over both sites at once: every pair ends equal, nothing is doubled, no write changes nothing. */
import type { EditorMapping } from '../../src/api/views';
import { agree, connect } from './support/agreement';
import { differences, type PairKeys, twinOf } from './support/compare';
import { addComment, createIssue, editIssue, type IssueRef, paragraphs, search } from './support/issues';
import { pastFirstRetry, type RunningApp, type SiteKey, startApp } from './support/running-app';

const issuesPerSite = 10;
const edits = 100;

let app: RunningApp;
let mapping: EditorMapping;

beforeAll(async () => {
  app = await startApp();
  const id = await connect(app);
  await agree(app, id, {
    adjust: (matched) => {
      mapping = matched;
      return matched;
    },
  });
}, 120_000);
afterAll(() => app.stop());

it('leaves every pair equal after a hundred edits on both sites at once', async () => {
  const originals = await Promise.all(
    Array.from({ length: issuesPerSite * 2 }, (_, index) =>
      create(index % 2 === 0 ? 'acme' : 'globex', index),
    ),
  );
  await app.settle(pastFirstRetry);
  const pairs = await Promise.all(originals.map(({ site, issue }) => pairOf(site, issue)));
  const before = await counts();

  await app.control('POST', 'stats/reset');
  await Promise.all(Array.from({ length: edits }, (_, index) => edit(pairs, index)));
  await app.settle(pastFirstRetry);

  const found = (await Promise.all(pairs.map((pair) => differences(app, mapping, pair)))).flat();
  expect(found).toEqual([]);
  expect(await counts()).toEqual(before);
  const stats = await app.control('GET', 'stats');
  for (const site of ['acme', 'globex'])
    expect(stats['sites']?.[site]?.['unchangedWrites'] ?? {}).toEqual({});
}, 240_000);

async function create(site: SiteKey, index: number): Promise<{ site: SiteKey; issue: IssueRef }> {
  const [project, type] = site === 'acme' ? ['SUP', 'Bug'] : ['GSD', 'Defect'];
  const issue = await createIssue(app, site, {
    project,
    type,
    summary: `Made on ${site} as number ${index}`,
  });
  return { site, issue };
}

async function pairOf(site: SiteKey, issue: IssueRef): Promise<PairKeys> {
  const twin = await twinOf(app, site, issue);
  if (twin === undefined) throw new Error(`${issue.key} has no twin`);
  return site === 'acme' ? { acme: issue.key, globex: twin } : { acme: twin, globex: issue.key };
}

/** Issues that were made since the seed, by site: a double would show here. */
async function counts(): Promise<Record<string, number>> {
  const made = (site: SiteKey, project: string) =>
    search(app, site, `project = ${project} AND summary ~ "Made"`);
  return { acme: (await made('acme', 'SUP')).length, globex: (await made('globex', 'GSD')).length };
}

/** Each edit picks issue, site and field by its number, so that a failure can be told again. */
async function edit(pairs: PairKeys[], index: number): Promise<void> {
  const pair = pairs[(index * 7) % pairs.length] as PairKeys;
  const site: SiteKey = index % 3 === 0 ? 'globex' : 'acme';
  const key = pair[site];
  switch (index % 5) {
    case 0:
      return editIssue(app, site, key, { summary: `Made on ${site}, edit ${index}` });
    case 1:
      return editIssue(app, site, key, {
        description: paragraphs(`Edit ${index} on ${site}.`, 'Second line.'),
      });
    case 2:
      return editIssue(app, site, key, { labels: [`label-${index}`, 'shared'] });
    case 3:
      return editIssue(app, site, key, { duedate: `2027-01-${String((index % 28) + 1).padStart(2, '0')}` });
    default:
      await addComment(app, site, key, `Comment ${index} from ${site}`);
  }
}
