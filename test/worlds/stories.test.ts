/** Stories of two sites: what people do, and what both sites show afterwards. */

import { describeIssue } from '#engine/describe-issue';
import { retryProblems } from '#engine/retry-problems';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { paragraph } from '../support/memory-site';
import { readPlainSeal } from '../support/plain-sealer';
import { differences, sayIssues } from './compare-sites';
import { link, type Side, World } from './world';

const clean = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

function only(side: Side, tag: string) {
  const found = [...side.site.issues.values()].filter((issue) =>
    String(issue.fields['summary']).startsWith(tag),
  );
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

async function ended(world: World): Promise<void> {
  await world.settle();
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual(clean);
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
}

describe('issues', () => {
  test('a new issue appears on the other site, without a timer', async () => {
    const world = await World.start();
    world.acme.site.people.create('Ada', 'Printer smokes', {
      description: paragraph('It does'),
      labels: ['hot', 'urgent'],
      duedate: '2026-12-24',
      priority: { id: '2' },
      customfield_10042: { id: '10111' },
    });
    await world.run();
    expect(differences(world)).toEqual([]);
    expect(sayIssues(world.globex).get('Printer')?.[0]).toMatchObject({ priority: 0, colour: 1, status: 0 });
    await ended(world);
  });

  test('an edit costs three calls: read there, read and write here', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    world.acme.site.calls = {};
    world.globex.site.calls = {};
    const before = world.acme.store.written.bytes + world.globex.store.written.bytes;
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns', labels: ['fire'] });
    await world.run();
    expect(world.acme.site.calls).toEqual({ readIssue: 1 });
    expect(world.globex.site.calls).toEqual({ readIssue: 1, writeIssue: 1 });
    const bytes = world.acme.store.written.bytes + world.globex.store.written.bytes - before;
    // Plain: the store on Forge packs rows to less than half (npm run bench).
    expect(bytes).toBeLessThan(10_000);
    await ended(world);
  });

  test('edits on both sites at different times go both ways', async () => {
    const world = await World.start();
    world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    const twin = only(world.globex, 'Printer');
    world.globex.site.people.edit('Grace', twin.id, { priority: { id: '31' }, duedate: '2027-01-01' });
    await world.run();
    expect(sayIssues(world.acme).get('Printer')?.[0]).toMatchObject({ priority: 0, due: '2027-01-01' });
    await ended(world);
  });

  test('a status travels by the transitions of the other workflow, also the long way round', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.people.move('Ada', issue.id, '3');
    await world.run();
    world.acme.site.people.move('Ada', issue.id, '1');
    await world.run();
    expect(sayIssues(world.globex).get('Printer')?.[0]?.status).toBe(0);
    await ended(world);
  });

  test('different fields changed at the same moment: both count', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    const twin = only(world.globex, 'Printer');
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns', labels: ['acme'] });
    world.globex.site.people.edit('Grace', twin.id, { duedate: '2027-05-05', labels: ['globex'] });
    await world.settle();
    const said = sayIssues(world.acme).get('Printer')?.[0];
    expect(said).toMatchObject({ summary: 'Printer burns', due: '2027-05-05', labels: ['acme', 'globex'] });
    await ended(world);
  });

  test('the same field changed at the same moment: the newest wins, and the log keeps what lost', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    const twin = only(world.globex, 'Printer');
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    world.clock.advance(5);
    world.globex.site.people.edit('Grace', twin.id, { summary: 'Printer explodes' });
    await ended(world);
    expect(only(world.acme, 'Printer').fields['summary']).toBe('Printer explodes');
    const rows = [world.acme, world.globex].flatMap(({ store }) => store.rows('activity'));
    const log = rows.map(({ body }) => (body as { text: string }).text);
    expect(log.join('\n')).toContain('Printer burns');
  });

  test('twenty edits in a row are few writes', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    world.globex.site.calls = {};
    for (let edit = 1; edit <= 20; edit += 1) {
      world.acme.site.people.edit('Ada', issue.id, { summary: `Printer burns ${edit}` });
      world.acme.site.people.edit('Ada', issue.id, { labels: [`label${edit}`] });
      await world.step();
    }
    await ended(world);
    expect(world.globex.site.calls['writeIssue']).toBeLessThanOrEqual(4);
  });

  test('where Jira tells the app of its own writes, nothing goes back', async () => {
    const world = await World.start();
    world.tellsOwn = true;
    const issue = world.acme.site.people.create('Ada', 'Printer smokes', {
      description: paragraph('It does'),
    });
    world.acme.site.people.comment('Ada', issue.id, 'Look');
    await ended(world);
    const messages = world.wire.length;
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    await ended(world);
    expect(world.wire.length - messages).toBeLessThanOrEqual(6);
  });
});

describe('comments', () => {
  test('new, edited and deleted ones travel, with their author named', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    const first = world.acme.site.people.comment('Ada', issue.id, 'Have you tried');
    await world.run();
    const twin = only(world.globex, 'Printer');
    world.globex.site.people.comment('Grace', twin.id, 'Yes');
    await world.run();
    expect(sayIssues(world.acme).get('Printer')?.[0]?.comments).toEqual([
      'Ada: Have you tried',
      'Grace: Yes',
    ]);
    world.acme.site.people.editComment('Ada', issue.id, first.id, 'Have you tried it');
    await world.run();
    expect(sayIssues(world.globex).get('Printer')?.[0]?.comments).toContain('Ada: Have you tried it');
    world.acme.site.people.deleteComment(issue.id, first.id);
    await world.run();
    expect(sayIssues(world.globex).get('Printer')?.[0]?.comments).toEqual(['Grace: Yes']);
    await ended(world);
  });

  test('restricted comments and projects outside the scope never leave', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.people.comment('Ada', issue.id, 'CANARY restricted', true);
    const hidden = world.acme.site.people.create('Ada', 'CANARY private', {}, 'private');
    world.acme.site.people.comment('Ada', hidden.id, 'CANARY in private');
    const secret = world.acme.site.people.create('Ada', 'CANARY security level');
    secret.restricted = true;
    world.acme.site.people.edit('Ada', issue.id, { customfield_99999: 'CANARY unmapped field' });
    await world.settle();
    const opened = world.wire.map(({ body }) =>
      readPlainSeal(body.startsWith('{') ? JSON.parse(body).sealed : body),
    );
    expect(opened.join('\n')).toContain('Printer smokes');
    expect(opened.join('\n')).not.toContain('CANARY');
  });
});

describe('running', () => {
  test('stopped, edited, started: nothing leaves meanwhile and nothing is lost', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    await stopRun(world.acme.ports(), { id: link });
    await world.settle();
    const twin = only(world.globex, 'Printer');
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    world.acme.site.people.create('Ada', 'Second one');
    world.globex.site.people.edit('Grace', twin.id, { labels: ['globex'] });
    await world.settle();
    expect(only(world.globex, 'Printer').fields['summary']).toBe('Printer smokes');
    expect(only(world.acme, 'Printer').fields['labels']).toEqual([]);
    await startRun(world.acme.ports(), { id: link });
    await world.run();
    expect(differences(world)).toEqual([]);
    expect(sayIssues(world.globex).size).toBe(2);
    await ended(world);
  });

  test('what came in while stopped here waits, and is applied after the start', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    // Stopped on globex before the message arrives.
    await stopRun(world.globex.ports(), { id: link });
    await world.settle();
    expect(only(world.globex, 'Printer').fields['summary']).toBe('Printer smokes');
    await startRun(world.globex.ports(), { id: link });
    await ended(world);
    expect(only(world.globex, 'Printer').fields['summary']).toBe('Printer burns');
  });

  test('existing issues of a query come along, page by page, with their comments', async () => {
    const world = new World();
    const old = Array.from({ length: 12 }, (_, n) => world.acme.site.people.create('Ada', `Old${n} one`));
    world.acme.site.people.comment('Ada', old[3]?.id ?? '', 'From before');
    world.clock.advance(3_600_000);
    await world.run();
    await world.connectBoth(({ role }) =>
      role === 'primary' ? { existing: { mode: 'jql', jql: 'labels is EMPTY order by key' } } : {},
    );
    world.acme.site.people.create('Ada', 'New one');
    await world.settle();
    expect(sayIssues(world.globex).size).toBe(13);
    await ended(world);
  });

  test('a trial with one issue leaves all others alone', async () => {
    const world = new World();
    const [first, second] = ['First one', 'Second one'].map((name) =>
      world.acme.site.people.create('Ada', name),
    );
    world.clock.advance(3_600_000);
    const existing = { mode: 'one' as const, issueKey: first?.key ?? '', issueId: first?.id ?? '' };
    await world.connectBoth(({ role }) => (role === 'primary' ? { existing } : {}));
    world.acme.site.people.create('Ada', 'Third one');
    world.acme.site.people.edit('Ada', second?.id ?? '', { labels: ['x'] });
    await world.settle();
    expect([...sayIssues(world.globex).keys()]).toEqual(['First']);
  });
});

describe('trouble', () => {
  test('an unreachable issue pauses; it comes back with what changed meanwhile', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    const twin = only(world.globex, 'Printer');
    twin.visible = false;
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    await world.settle();
    expect(world.tidy().problems).not.toHaveLength(0);
    expect(sayIssues(world.globex).get('Printer')).toHaveLength(1);
    const panel = await describeIssue(world.globex.ports(), twin.id);
    expect(panel.entries[0]).toMatchObject({ state: 'problem', partnerKey: issue.key });
    twin.visible = true;
    await retryProblems(world.globex.ports(), { id: link });
    await ended(world);
    expect(twin.fields['summary']).toBe('Printer burns');
  });

  test('a field deleted meanwhile waits alone; the rest goes on', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    const field = world.globex.facts.selectField;
    const failure = world.globex.site.failure;
    world.globex.site.failure = (call, request) =>
      call === 'writeIssue' && field in request
        ? { kind: 'invalid', message: 'Refused.', fields: { [field]: 'Field does not exist any more.' } }
        : undefined;
    world.acme.site.people.edit('Ada', issue.id, {
      customfield_10042: { id: '10110' },
      summary: 'Printer burns',
    });
    await world.settle();
    expect(only(world.globex, 'Printer').fields['summary']).toBe('Printer burns');
    const reasons = JSON.stringify(world.tidy().problems);
    expect(reasons).toContain('Field does not exist any more.');
    expect(reasons).toContain('Colour');
    world.globex.site.failure = failure;
    await retryProblems(world.globex.ports(), { id: link });
    await ended(world);
  });

  test('an issue that the other Jira refuses waits as a whole, until an edit removes the reason', async () => {
    const world = await World.start();
    world.globex.site.failure = (call, request) =>
      call === 'createIssue' && request['duedate'] === undefined
        ? { kind: 'invalid', message: 'Due date is required.', fields: {} }
        : undefined;
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    expect(world.globex.site.issues.size).toBe(0);
    expect(JSON.stringify(world.tidy().problems)).toContain('Due date is required.');
    world.acme.site.people.edit('Ada', issue.id, { duedate: '2027-01-01' });
    await ended(world);
    expect(world.globex.site.issues.size).toBe(1);
  });

  test('an issue that was refused is made when somebody tries again over there', async () => {
    const world = await World.start();
    world.globex.site.failure = (call) =>
      call === 'createIssue' ? { kind: 'denied', message: 'No permission to create issues.' } : undefined;
    world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    world.globex.site.failure = () => undefined;
    await retryProblems(world.globex.ports(), { id: link });
    await ended(world);
    expect(world.globex.site.issues.size).toBe(1);
  });

  test('Jira limits the app: the order is kept and nothing is lost', async () => {
    const world = await World.start();
    world.globex.site.failure = () =>
      world.random.chance(0.6)
        ? undefined
        : { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs: 5_000, quota: false };
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.people.comment('Ada', issue.id, 'Hello');
    world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
    await ended(world);
  });

  test('deleting an issue here leaves its twin alone', async () => {
    const world = await World.start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.settle();
    world.acme.site.people.remove(issue.id);
    await world.settle();
    const twin = only(world.globex, 'Printer');
    world.globex.site.people.edit('Grace', twin.id, { summary: 'Printer alone' });
    await world.settle();
    expect(world.acme.site.issues.size).toBe(0);
  });
});
