/** The kinds of change whose cost is counted, each made as people make it, on acme. */
import { addComment, editIssue, type IssueRef, paragraphs } from '../e2e/support/issues';
import type { RunningApp } from '../e2e/support/running-app';
import { type BenchWorld, makeIssue, passTime } from './bench-world';
import { each, type Measured, measure } from './costs';
import type { GoalName } from './goals';

export interface Change {
  name: string;
  goal: GoalName;
  run(world: BenchWorld): Promise<Measured>;
}

export interface Row {
  name: string;
  goal: GoalName;
  measured: Measured;
}

const site = 'acme';
/**
 * Events and wake-ups take a second, as Jira's and Forge's do (forge-platform.md: up to three minutes). On a clock that stands still
 * the first of ten edits would else be sent before the last one is made, and how many are sent together would depend on the machine.
 */
const asLateMs = 1_000;
const hourMs = 3_600_000;

/** In this order, on one issue; each begins when all that follows from the one before is done. */
export const changes: Change[] = [
  fieldEdit('Summary', { Summary: 'Pump 7 stops after two hours' }),
  fieldEdit('Description', {
    Description: paragraphs(
      'The pump runs for about an hour, then it stops. The display shows E17 or E18.',
      'A restart helps until the next day.',
    ),
  }),
  fieldEdit('Text or address', { Customer: 'Umbrella', Runbook: 'https://acme.example/pump' }),
  fieldEdit('Priority, select', { Priority: { name: 'Low' }, Severity: { value: 'S8 Typo' } }),
  fieldEdit('Labels, several choices', { Labels: ['pump', 'urgent'], Regions: [{ value: 'Asia' }] }),
  fieldEdit('Cascading choice', { 'Product area': { value: 'Billing' } }),
  fieldEdit('Date, date and time', {
    'Due date': '2027-01-15',
    'Incident start': '2026-11-20T10:15:00.000+0100',
  }),
  fieldEdit('Versions, components', { 'Fix versions': [{ name: '6.0' }], Components: [{ name: 'Reports' }] }),
  fieldEdit('Group', { 'Owning group': { name: 'support-leads' } }),
  fieldEdit('Person of the table', {
    Assignee: { accountId: '712020:8e2f6b1d-40c9-4a57-93be-6d5a2f7c1b02' },
  }),
  fieldEdit('Time tracking', { 'Time tracking': { originalEstimate: '5h', remainingEstimate: '3h' } }),
  fieldEdit('Several fields at once', {
    Summary: 'Pump 7 stops after three hours',
    Labels: ['pump'],
    Customer: 'Initech',
    'Due date': '2027-02-15',
  }),
  change('Number', 'edit', (world) => editTask(world, { 'Story Points': 5 })),
  change('Sprint', 'edit', (world) => editTask(world, { Sprint: 43 })),
  change('Link', 'none', (world) =>
    rest(world.app, 'POST', 'issueLink', {
      type: { name: 'Blocks' },
      inwardIssue: { key: world.issue.key },
      outwardIssue: { key: world.other.key },
    }),
  ),
  change('Status', 'none', (world) =>
    rest(world.app, 'POST', `issue/${world.issue.key}/transitions`, { transition: { id: '121' } }),
  ),
  change('New comment', 'edit', (world) => addComment(world.app, site, world.issue.key, 'It is the gasket.')),
  change('Edited comment', 'edit', async (world) => {
    const id = await lastComment(world);
    await rest(world.app, 'PUT', `issue/${world.issue.key}/comment/${id}`, {
      body: paragraphs('It is the gasket of the pump.'),
    });
  }),
  change('Deleted comment', 'edit', async (world) =>
    rest(world.app, 'DELETE', `issue/${world.issue.key}/comment/${await lastComment(world)}`),
  ),
  // It changes the time tracking of the issue too, so it is two changes.
  change('Logged work', 'none', (world) =>
    rest(world.app, 'POST', `issue/${world.issue.key}/worklog`, {
      timeSpentSeconds: 3_600,
      started: '2026-11-20T10:15:00.000+0100',
      comment: paragraphs('Took it apart.'),
    }),
  ),
  change('File of 10 KB', 'none', (world) => attach(world, 'pump.txt', 10_000)),
  change('New issue', 'none', (world) => makeIssue(world, 'Pump 8 is loud')),
  change('Deleted issue', 'none', async (world) =>
    rest(world.app, 'DELETE', `issue/${(await makeQuietly(world)).key}`),
  ),
  {
    name: 'Ten issues edited at once, each',
    goal: 'inBatch',
    run: async (world) => {
      const issues: IssueRef[] = [];
      for (let index = 0; index < 10; index += 1) issues.push(await makeIssue(world, `Valve ${index}`));
      await world.app.control('POST', 'faults', {
        eventDelay: { ms: asLateMs },
        queueDelay: { ms: asLateMs },
      });
      const measured = await measure(world.app, () =>
        Promise.all(
          issues.map(({ key }, index) =>
            editIssue(world.app, site, key, { summary: `Valve ${index} leaks` }),
          ),
        ),
      );
      await world.app.control('POST', 'faults', { clear: true });
      return each(measured, 10);
    },
  },
  {
    name: 'Idle hour',
    goal: 'idleHour',
    run: async (world) => {
      // The look for what no event told of is part of it, and finds nothing of the hours before; by now each site greets while it looks,
      // and not by a sweep of its own (75 minutes after the last word, so that the two meet within five hours).
      for (let hours = 0; hours < 5; hours += 1) {
        await world.app.control('POST', 'clock', { advanceMs: hourMs });
        await world.app.settle();
      }
      await toHalfPast(world.app);
      return measure(world.app, () => world.app.control('POST', 'clock', { advanceMs: hourMs }));
    },
  },
];

/** All of them, in order. */
export async function measureAll(world: BenchWorld, wanted = changes): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, goal, run } of wanted) {
    await passTime(world);
    rows.push({ name, goal, measured: await run(world) });
  }
  return rows;
}

/** Both sites do the work of the hour soon after it began: an hour that begins here has each of them once. */
async function toHalfPast(app: RunningApp): Promise<void> {
  const { now } = await app.control('POST', 'clock', { advanceMs: 0 });
  const sinceHour = Number(now) % hourMs;
  await app.control('POST', 'clock', { advanceMs: (hourMs * 1.5 - sinceHour) % hourMs });
  await app.settle();
}

function fieldEdit(name: string, values: Record<string, unknown>): Change {
  return change(name, 'edit', (world) => editIssue(world.app, site, world.issue.key, world.on(site, values)));
}

function editTask(world: BenchWorld, values: Record<string, unknown>): Promise<void> {
  return editIssue(world.app, site, world.task.key, world.on(site, values));
}

function change(name: string, goal: GoalName, act: (world: BenchWorld) => Promise<unknown>): Change {
  return { name, goal, run: (world) => measure(world.app, () => act(world)) };
}

async function rest(app: RunningApp, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await app.rest(site, method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function lastComment({ app, issue }: BenchWorld): Promise<string> {
  const { body } = await app.rest(site, 'GET', `issue/${issue.key}/comment`);
  const comments = body['comments'] as unknown as { id: string }[];
  const last = comments.at(-1);
  if (last === undefined) throw new Error('There is no comment.');
  return last.id;
}

/** Its copy is there, and what that cost is not counted. */
async function makeQuietly(world: BenchWorld): Promise<IssueRef> {
  const issue = await makeIssue(world, 'Made to be deleted');
  await world.app.control('POST', 'stats/reset');
  return issue;
}

async function attach({ app, issue }: BenchWorld, name: string, size: number): Promise<void> {
  const { baseUrl, admin } = app.sites[site];
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(size).fill(97)], { type: 'text/plain' }), name);
  const answer = await fetch(`${baseUrl}/rest/api/3/issue/${issue.key}/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${admin.email}:${admin.token}`).toString('base64')}`,
      'x-atlassian-token': 'no-check',
    },
    body: form,
  });
  if (!answer.ok) throw new Error(`The file was refused: ${answer.status} ${await answer.text()}`);
}
