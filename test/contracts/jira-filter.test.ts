/** Questions of filters to an emulated Jira: about issues as they are, whatever the index shows, with the errors of its parser. */
import { amongIssues } from '#core/filter/jql-text';
import { meetsConditions } from '#core/filter/meets-conditions';
import type { Condition } from '#core/model/filter';
import type { IssueRead } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { emulatedSite } from '../support/emulated-site';

const time = { now: Date.UTC(2026, 10, 20, 9) };
const { site, jira, asked } = emulatedSite('acme', time);
const lagMs = 300_000;

function must<T>(result: SiteResult<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

async function someIssues(): Promise<IssueRead[]> {
  const [project] = must(await site.catalog()).projects;
  const { ids } = must(await site.search(`project = ${project?.id}`, undefined, 3));
  return must(await site.readIssues(ids, ['labels', 'priority']));
}

test('a query is answered about issues as they are, while the index still shows them as they were', async () => {
  const [one, two] = await someIssues();
  if (one === undefined || two === undefined) throw new Error('There are no two issues.');
  jira.setIndexLag(lagMs);
  must(await site.writeIssue(one.id, { labels: ['shared'] }, []));
  const { projectId } = one;
  const types = [...new Set([one.typeId, two.typeId])];
  const areas = [{ projectId, typeIds: types, jql: 'labels = shared ORDER BY created' }];
  const query = amongIssues([one.id, two.id], areas);
  expect(must(await site.search(query, undefined)).ids).toEqual([]);
  asked.length = 0;
  expect(must(await site.matching([one.id, two.id], query))).toEqual([one.id]);
  expect(asked).toEqual(['POST /rest/api/3/search/jql']);

  must(await site.writeIssue(one.id, { labels: [] }, []));
  expect(must(await site.matching([one.id, two.id], query))).toEqual([]);
  jira.setIndexLag(0);
});

test('what is wrong with queries is said for each of them', async () => {
  const [fine, unknown, broken] = must(
    await site.checkJql(['labels = shared AND created >= -90d', 'teem = Printing', 'labels = = shared']),
  );
  expect(fine).toEqual([]);
  expect(unknown?.join(' ')).toContain('teem');
  expect(broken?.length).toBeGreaterThan(0);
});

test('conditions hold the values that Jira really sends', async () => {
  const issues = await someIssues();
  const [issue] = issues;
  if (issue === undefined) throw new Error('There is no issue.');
  must(await site.writeIssue(issue.id, { labels: ['shared'] }, []));
  const read = must(await site.readIssue(issue.id, ['labels', 'priority', 'status', 'issuetype']));
  const priority = read.fields['priority'] as { id: string };
  const conditions: Condition[] = [
    { fieldId: 'labels', is: 'anyOf', values: ['shared'] },
    { fieldId: 'priority', is: 'anyOf', values: [priority.id] },
    { fieldId: 'status', is: 'anyOf', values: [read.statusId] },
    { fieldId: 'issuetype', is: 'anyOf', values: [read.typeId] },
  ];
  expect(conditions.map((one) => meetsConditions([one], read))).toEqual([true, true, true, true]);
  expect(meetsConditions([{ fieldId: 'labels', is: 'noneOf', values: ['shared'] }], read)).toBe(false);
});
