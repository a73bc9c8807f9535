/** WAS and CHANGED over the changelog, with every predicate and every field that Jira keeps searchable history of [doc]. */
import { type Answer, type Bench, benchOf, bug } from './jira-bench';

const DAY = 86_400_000;

/**
 * One issue with a past: made on day 0 by Ada, started and given to Dev by Ben on day 1, done and released on day 2 by
 * Ada, reopened on day 3. Today is day 4, 25 November in Chicago.
 */
async function past(): Promise<{ bench: Bench; key: string; id: (name: string) => string }> {
  const bench = benchOf('acme');
  const id = (name: string) => bench.site.users().find((user) => user.name.startsWith(name))?.accountId ?? '';
  const { key } = (await bench.post('issue', bug('Has a past', { labels: ['pasttest'] }))).body;
  const move = (transition: string) =>
    bench.post(`issue/${key}/transitions`, { transition: { id: transition } });
  bench.pass(DAY);
  bench.as('Ben');
  await bench.put(`issue/${key}`, {
    fields: { assignee: { accountId: id('Dev') }, priority: { name: 'High' } },
  });
  await move('121');
  bench.pass(DAY);
  bench.as('Ada');
  await move('151');
  await bench.put(`issue/${key}`, { fields: { fixVersions: [{ name: '5.7' }, { name: '5.8' }] } });
  bench.pass(DAY);
  await move('111');
  await bench.put(`issue/${key}`, {
    fields: { fixVersions: [{ name: '6.0' }], assignee: null, reporter: { accountId: id('Ben') } },
  });
  bench.pass(DAY);
  return { bench, key, id };
}

let world: Awaited<ReturnType<typeof past>>;
beforeAll(async () => {
  world = await past();
});

async function finds(clause: string): Promise<boolean> {
  const jql = `labels = pasttest AND ${clause}`;
  const answer: Answer = await world.bench.post('search/jql', { jql, fields: ['key'] });
  if (answer.status !== 200) throw new Error(`${clause}: ${JSON.stringify(answer.body)}`);
  return answer.body.issues.length === 1;
}

test.each<[clause: string, found: boolean]>([
  // WAS: has it now or ever had it [doc].
  ['status was "To Do"', true],
  ['status was "In Progress"', true],
  ['status was Done', true],
  ['status was "In Review"', false],
  ['status was not "In Review"', true],
  ['status was not Done', false],
  ['NOT status was Done', false],
  ['status was in (Done, "In Review")', true],
  ['status was in ("Waiting for customer", "In Review")', false],
  ['status was not in ("Waiting for customer", "In Review")', true],
  ['status was EMPTY', false],
  ['assignee was EMPTY', true],
  ['assignee was "Dev Raman"', true],
  ['assignee was currentUser()', false],
  ['assignee was in (membersOf("jira-users-acme"))', true],
  ['priority was Medium', true],
  ['priority was Lowest', false],
  ['resolution was Done', true],
  ['resolution was EMPTY', true],
  ['fixVersion was "5.7"', true],
  ['fixVersion was "6.0"', true],
  ['fixVersion was EMPTY', true],
  ['fixVersion was not in (unreleasedVersions(DEV))', true],
  ['reporter was "Ada Winter"', true],
  ['reporter was "Carla Mendes"', false],
  // A value counts for every moment at which it was held.
  ['status was Done on "2026-11-24"', true],
  ['status was Done on "2026-11-22"', false],
  ['status was "In Progress" before "2026-11-22"', false],
  ['status was "In Progress" before "2026-11-23"', true],
  ['status was Done after "2026-11-24"', true],
  ['status was Done after startOfDay()', false],
  ['status was "To Do" during ("2026-11-24", "2026-11-24")', true],
  ['status was "To Do" during ("2026-11-23", "2026-11-23")', false],
  ['status was Done during ("2026-11-21", "2026-11-22")', false],
  ['status was "In Progress" by "Ben Okafor"', true],
  ['status was "In Progress" by "Ada Winter"', false],
  ['status was Done by currentUser()', true],
  // CHANGED: a move that fits every predicate [doc].
  ['status changed', true],
  ['not status changed', false],
  ['status changed from "To Do"', true],
  ['status changed from "To Do" to Done', false],
  ['status changed from "In Progress" to Done', true],
  ['status changed from ("To Do", "In Review") to ("In Progress")', true],
  ['status changed to Done by "Ben Okafor"', false],
  ['status changed by ("Ben Okafor", "Carla Mendes")', true],
  ['status changed by membersOf("support-leads")', true],
  ['status changed after "-36h"', true],
  ['status changed after -1h', false],
  ['status changed before "2026-11-21"', false],
  ['status changed on "2026-11-22"', true],
  ['status changed on "2026-11-21"', false],
  ['status changed during ("2026-11-22", "2026-11-23") to Done', true],
  ['status changed during (startOfDay(-1), endOfDay(-1)) to "To Do"', true],
  ['status changed after "2026-11-22" before "2026-11-24" to Done', true],
  ['assignee changed', true],
  ['assignee changed to EMPTY', true],
  ['assignee changed from EMPTY to "Dev Raman"', true],
  ['priority changed from Medium to High', true],
  ['priority changed to Highest', false],
  ['resolution changed to Done', true],
  ['resolution changed from Done to EMPTY', true],
  ['fixVersion changed from "5.7"', true],
  ['fixVersion changed from "5.7" to "6.0"', true],
  ['fixVersion changed from EMPTY to "5.8"', true],
  ['reporter changed from "Ada Winter" to "Ben Okafor"', true],
])('%s', async (clause, found) => {
  expect(await finds(clause)).toBe(found);
});

test.each<[clause: string, text: RegExp]>([
  ['labels was x', /^History searches do not support the 'labels' field\.$/],
  ['summary changed', /History searches do not support the 'summary' field/],
  ['component changed', /History searches do not support/],
  ['status was Nowhere', /The value 'Nowhere' does not exist for the field 'status'/],
  ['status was Done from "To Do"', /Expecting either 'OR' or 'AND' but got 'from'/],
  ['status changed by nobody', /The user 'nobody' does not exist/],
  ['status changed after soon', /Date value 'soon'/],
  ['status changed during ("2026-11-21")', /takes two dates/],
  [
    'status changed to unreleasedVersions()',
    /A value provided by the function 'unreleasedVersions' is invalid/,
  ],
])('%s is refused with 400', async (clause, text) => {
  const answer = await world.bench.post('search/jql', { jql: clause });
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages.join(' ')).toMatch(text);
});

test('for every status, WAS and CHANGED TO agree with the changelogs of all issues', async () => {
  const { bench } = world;
  const all = (
    await bench.post('search/jql', {
      jql: 'created > "1990-01-01"',
      fields: ['status'],
      expand: 'changelog',
      maxResults: 100,
    })
  ).body.issues as {
    key: string;
    fields: { status: { id: string } };
    changelog: { histories: { items: { fieldId?: string; from: string; to: string }[] }[] };
  }[];
  expect(all.length).toBeGreaterThan(50);
  for (const { id } of (await bench.get('status')).body as { id: string }[]) {
    const moves = (issue: (typeof all)[0]) =>
      issue.changelog.histories.flatMap((entry) => entry.items.filter((item) => item.fieldId === 'status'));
    const had = all.filter(
      (issue) =>
        issue.fields.status.id === id || moves(issue).some((item) => item.from === id || item.to === id),
    );
    const reached = all.filter((issue) => moves(issue).some((item) => item.to === id));
    expect(await keys(`status was ${id}`)).toEqual(had.map((issue) => issue.key).sort());
    expect(await keys(`status changed to ${id}`)).toEqual(reached.map((issue) => issue.key).sort());
  }
});

async function keys(jql: string): Promise<string[]> {
  const answer = await world.bench.post('search/jql', { jql, fields: ['key'], maxResults: 100 });
  return answer.body.issues.map((issue: { key: string }) => issue.key).sort();
}
