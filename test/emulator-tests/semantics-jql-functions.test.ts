/** Functions of JQL on the seeded site [doc: Atlassian's function reference]. */
import { type Bench, benchOf, says } from './jira-bench';

let bench: Bench;
beforeAll(async () => {
  bench = benchOf('acme');
  await bench.put('issue/SUP-6', { fields: { fixVersions: [{ name: '5.7' }] } });
  await bench.get('issue/SUP-7?updateHistory=true');
  await bench.get('issue/DEV-3?updateHistory=true');
  await bench.get('issue/DEV-9');
  await bench.post('issue/SUP-8/watchers', await idOf('Ada'));
  await bench.post('issue/DEV-5/votes');
  bench.as('Carla');
  await bench.post('issue/SUP-9/comment', { body: says('I looked at it') });
  bench.as('Ada');
});

async function idOf(name: string): Promise<string> {
  return bench.site.users().find((user) => user.name.startsWith(name))?.accountId ?? '';
}

async function keys(jql: string): Promise<string[]> {
  const answer = await bench.post('search/jql', {
    jql: `${jql} ORDER BY key`,
    fields: ['key'],
    maxResults: 100,
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body.issues.map((issue: { key: string }) => issue.key);
}

/** Two queries that must find the same, and something. */
test.each([
  ['assignee in membersOf("support-leads")', 'assignee in ("Ada Winter", "Ben Okafor")'],
  ['assignee not in membersOf("support-leads")', 'assignee not in ("Ada Winter", "Ben Okafor")'],
  ['issuetype in standardIssueTypes()', 'issuetype in (Epic, Story, Task, Bug, Incident)'],
  ['issuetype in subtaskIssueTypes()', 'issuetype = "Sub-task"'],
  ['fixVersion in releasedVersions()', 'fixVersion in ("5.7", "5.8.0")'],
  ['fixVersion in releasedVersions(SUP)', 'fixVersion = "5.7"'],
  ['fixVersion in unreleasedVersions(DEV)', 'fixVersion in ("5.8.1", "6.0.0")'],
  ['fixVersion in unreleasedVersions()', 'fixVersion in ("5.8.1", "6.0.0", "5.8", "6.0")'],
  ['fixVersion = latestReleasedVersion(SUP)', 'fixVersion = "5.7"'],
  ['fixVersion = earliestUnreleasedVersion(DEV)', 'fixVersion = "5.8.1"'],
  ['project in projectsLeadByUser("Ben Okafor")', 'project = SUP'],
  ['project in projectsWhereUserHasPermission("Set Issue Security")', 'project in (SUP, DEV, HR)'],
  ['project in projectsWhereUserHasRole("Administrators")', 'project in (SUP, DEV, HR)'],
  ['component in componentsLeadByUser("Dev Raman")', 'component = Core'],
  ['"Product area" in cascadeOption(Planning)', '"Product area" = Planning'],
  ['"Product area" in cascadeOption(Planning, Routes)', '"Product area" = Routes'],
  ['Sprint in openSprints()', 'Sprint = 42'],
  ['Sprint in closedSprints()', 'Sprint = "DEV Sprint 17"'],
  ['Sprint in futureSprints()', 'Sprint in (43)'],
  ['Sprint not in openSprints()', 'Sprint in (41, 43) AND Sprint not in (42)'],
])('%s finds what %s finds', async (jql, same) => {
  const found = await keys(jql);
  expect(found).toEqual(await keys(same));
  expect(found.length).toBeGreaterThan(0);
});

test.each([
  ['issue in issueHistory()', ['DEV-3', 'SUP-7']],
  ['issue in linkedIssues(SUP-3)', ['DEV-4', 'SUP-12']],
  ['issue in linkedIssues(SUP-3, "is blocked by")', ['DEV-4']],
  ['issue in linkedIssues(SUP-3, "blocks")', []],
  ['issue in linkedIssues(DEV-4, "blocks")', ['SUP-3']],
  ['issueLinkType = "is duplicated by"', ['SUP-3']],
  ['issueLinkType = Duplicate', ['SUP-12', 'SUP-3']],
  ['issue in votedIssues()', ['DEV-5']],
  ['issue in watchedIssues() AND issue = SUP-8', ['SUP-8']],
  ['issue in updatedBy("Carla Mendes", "2026-11-21")', ['SUP-9']],
  ['issue in updatedBy("Carla Mendes", "2026-11-21", "2026-11-21")', []],
  ['issue in updatedBy("Carla Mendes", "-1d") AND project = DEV', []],
  ['issue in issuesWithRemoteLinksByGlobalId("wiki=acme&page=8812")', ['DEV-2']],
  ['lastViewed > -1h', ['DEV-3', 'SUP-7']],
])('%s', async (jql, expected) => {
  expect((await keys(jql)).sort()).toEqual(expected);
});

test('a cascade of which only the first level is chosen is found with none [doc]', async () => {
  await bench.put('issue/SUP-22', { fields: { customfield_10035: { value: 'Billing' } } });
  expect(await keys('"Product area" in cascadeOption(Billing, none)')).toEqual(['SUP-22']);
  expect(await keys('"Product area" in cascadeOption(Billing, Invoices)')).not.toContain('SUP-22');
});

test.each([
  [
    'assignee in membersOf("nobodies")',
    /can not generate a list of usernames for group 'nobodies'; the group does not exist/,
  ],
  ['assignee = membersOf("support-leads")', /does not support the list value/],
  [
    'project in membersOf("support-leads")',
    /A value provided by the function 'membersOf' is invalid for the field 'project'/,
  ],
  ['assignee in membersOf()', /expected '1' arguments but received '0'/],
  ['issue in linkedIssues(NOPE-1)', /Issue 'NOPE-1' could not be found in function 'linkedIssues'/],
  ['issue in linkedIssues(SUP-3, "hugs")', /link type 'hugs'/],
  ['issue in updatedBy(nobody)', /user 'nobody'/],
  ['issue in updatedBy("Ada Winter", soon)', /Date value 'soon'/],
  ['fixVersion in releasedVersions(NOPE)', /project 'NOPE'/],
  ['fixVersion in openSprints()', /is invalid for the field 'fixVersion'/],
  ['"Product area" in cascadeOption(Nowhere)', /option 'Nowhere'/],
  ['project in projectsWhereUserHasPermission("Fly")', /permission 'Fly'/],
  ['issue in childIssuesOf(SUP-1)', /not supported by this emulated site/],
  ['created > startOfDay(tomorrow)', /startOfDay/],
])('%s is refused with 400', async (jql, text) => {
  const answer = await bench.post('search/jql', { jql });
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages.join(' ')).toMatch(text);
});

test('a declared entity property can be searched, any other is an unknown field [doc: jira:entityProperty]', async () => {
  const indexed = benchOf('acme', {
    indexedProperties: [
      { key: 'sync', path: 'state.name', kind: 'label' },
      { key: 'sync', path: 'state.count', kind: 'number' },
    ],
  });
  await indexed.put('issue/SUP-5/properties/sync', { state: { name: 'held', count: 3 } });
  const find = (jql: string) => indexed.post('search/jql', { jql, fields: ['key'] });
  for (const jql of [
    'issue.property[sync].state.name = held',
    'issue.property["sync"].state.count > 2',
    'issue.property[sync].state.count in (3, 4)',
  ]) {
    expect((await find(jql)).body.issues.map((issue: { key: string }) => issue.key)).toEqual(['SUP-5']);
  }
  expect((await find('issue.property[sync].state.other = x')).status).toBe(400);
  expect((await find('issue.property[other].state = x')).status).toBe(400);
  expect((await find('issue.property[sync].state.name > held')).status).toBe(400);
});

test("relative dates and periods are the caller's days [doc]", async () => {
  const { key } = (
    await bench.post('issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'Made now' },
    })
  ).body;
  for (const jql of [
    'created >= startOfDay()',
    'created > -5m',
    'created >= startOfWeek() AND created <= endOfWeek()',
    'created > startOfMonth("+20d")',
    'created > "-1d 2h"',
    'created < now() AND created >= startOfYear("+10M")',
  ])
    expect([jql, await keys(`summary ~ "Made now" AND ${jql}`)]).toEqual([jql, [key]]);
  for (const jql of [
    'created < startOfDay()',
    'created > endOfDay()',
    'created < -5m',
    'created > "2026-11-22"',
  ])
    expect([jql, await keys(`summary ~ "Made now" AND ${jql}`)]).toEqual([jql, []]);
});
