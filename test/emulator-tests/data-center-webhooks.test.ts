/** Webhooks of the Data Center site: who may register them, what they say, and that they leave over HTTP. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createActivity } from '../emulator/core/activity';
import { createVirtualClock } from '../emulator/core/clock';
import { createStats } from '../emulator/core/stats';
import { createTimeline } from '../emulator/core/timeline';
import { createWebhookSender } from '../emulator/platform/webhook-sender';
import { createServerWorld, type Json, type ServerWorld } from './data-center-world';

const HOOK = '/rest/webhooks/1.0/webhook';
const ALL_ISSUE_EVENTS = ['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted'];

let world: ServerWorld;
beforeEach(() => {
  world = createServerWorld();
});

async function register(events: readonly string[], more: Json = {}): Promise<string> {
  const body = { name: 'agent', url: 'http://127.0.0.1:9/in', events, ...more };
  const made = await world.send('bill', 'POST', HOOK, body);
  expect(made.status).toBe(201);
  return new URL(String(made.json['self'])).pathname;
}

const heard = () => world.webhooks.map((each) => each.event);
const body = (position: number) => world.webhooks[position]?.body as Json;

test('administrators register, read, change and remove; others are refused', async () => {
  const request = { name: 'x', url: 'http://127.0.0.1:9/in', events: [] };
  expect((await world.send('petra', 'POST', HOOK, request)).status).toBe(403);
  expect((await world.send('bill', 'POST', HOOK, { ...request, url: 'nowhere' })).status).toBe(400);
  expect((await world.send('bill', 'POST', HOOK, { ...request, events: ['made_up'] })).status).toBe(400);
  const jql = { 'issue-related-events-section': 'broken = ' };
  expect((await world.send('bill', 'POST', HOOK, { ...request, filters: jql })).status).toBe(400);
  const path = await register(ALL_ISSUE_EVENTS);
  expect((await world.send('bill', 'PUT', path, { enabled: false })).json).toMatchObject({
    name: 'agent',
    enabled: false,
    events: ALL_ISSUE_EVENTS,
    lastUpdatedUser: 'JIRAUSER10100',
  });
  expect((await world.send('bill', 'GET', HOOK)).json).toHaveLength(1);
  expect((await world.send('bill', 'DELETE', path)).status).toBe(204);
  expect((await world.send('bill', 'GET', path)).status).toBe(404);
});

test('an issue is told of from its making to its end, with user, changes and all its fields', async () => {
  await register(ALL_ISSUE_EVENTS, { url: `http://127.0.0.1:9/in/\${issue.key}` });
  const fields = {
    project: { key: 'INI' },
    issuetype: { name: 'Task' },
    summary: 'told',
    description: '*so*',
  };
  await world.send('petra', 'POST', 'issue', { fields });
  await world.send('petra', 'PUT', 'issue/INI-10', { fields: { summary: 'told again' } });
  await world.send('bill', 'DELETE', 'issue/INI-10');
  expect(heard()).toEqual(['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted']);
  expect(world.webhooks[0]?.url).toBe('http://127.0.0.1:9/in/INI-10?user_id=petra&user_key=JIRAUSER10101');
  expect(body(0)).toMatchObject({
    timestamp: world.now(),
    webhookEvent: 'jira:issue_created',
    user: { name: 'petra', key: 'JIRAUSER10101' },
    issue: { key: 'INI-10', fields: { summary: 'told', description: '*so*', reporter: { name: 'petra' } } },
  });
  const item = { field: 'summary', fieldtype: 'jira', from: null, to: null };
  expect(body(1)).toMatchObject({
    issue_event_type_name: 'issue_updated',
    changelog: { items: [{ ...item, fromString: 'told', toString: 'told again' }] },
  });
  expect(body(2)).toMatchObject({ user: { name: 'bill' }, issue: { fields: { summary: 'told again' } } });
});

test('a request that is refused tells nobody', async () => {
  await register(ALL_ISSUE_EVENTS);
  const fields = { project: { key: 'INI' }, issuetype: { name: 'Task' }, summary: 'x' };
  const bad = {
    fields,
    update: { issuelinks: [{ add: { type: { name: 'No such' }, outwardIssue: { key: 'INI-1' } } }] },
  };
  expect((await world.send('petra', 'POST', 'issue', bad)).status).toBe(404);
  expect(heard()).toEqual([]);
});

test('a filter by JQL chooses the issues', async () => {
  await register(ALL_ISSUE_EVENTS, { filters: { 'issue-related-events-section': 'project = TPS' } });
  await world.send('petra', 'PUT', 'issue/INI-9', { fields: { labels: ['a'] } });
  await world.send('milo', 'PUT', 'issue/TPS-4', { fields: { labels: ['a'] } });
  expect(world.webhooks.map((each) => ((each.body as Json)['issue'] as Json)['key'])).toEqual(['TPS-4']);
});

test('comments, work, links, files, properties and versions have events of their own', async () => {
  const events = [
    'comment_created',
    'comment_updated',
    'comment_deleted',
    'worklog_created',
    'worklog_updated',
    'worklog_deleted',
    'issuelink_created',
    'issuelink_deleted',
    'attachment_created',
    'attachment_deleted',
    'issue_property_set',
    'issue_property_deleted',
    'jira:version_created',
  ];
  await register(events);
  const at = 'issue/INI-9';
  const comment = await world.send('petra', 'POST', `${at}/comment`, { body: 'one' });
  await world.send('petra', 'PUT', `${at}/comment/${String(comment.json['id'])}`, { body: 'two' });
  await world.send('petra', 'DELETE', `${at}/comment/${String(comment.json['id'])}`);
  const work = await world.send('petra', 'POST', `${at}/worklog`, { timeSpent: '1h' });
  await world.send('petra', 'PUT', `${at}/worklog/${String(work.json['id'])}`, { timeSpent: '2h' });
  await world.send('petra', 'DELETE', `${at}/worklog/${String(work.json['id'])}`);
  const ends = { inwardIssue: { key: 'INI-9' }, outwardIssue: { key: 'INI-7' } };
  await world.send('petra', 'POST', 'issueLink', { type: { name: 'Blocks' }, ...ends });
  const { json } = await world.send('petra', 'GET', 'issue/INI-7?fields=issuelinks');
  const [link] = (json['fields'] as { issuelinks: Json[] }).issuelinks;
  await world.send('petra', 'DELETE', `issueLink/${String(link?.['id'])}`);
  const form = new FormData();
  form.append('file', new File(['x'], 'x.txt'));
  const made = await world.send('petra', 'POST', `${at}/attachments`, form, {
    'x-atlassian-token': 'no-check',
  });
  const [file] = made.json as unknown as Json[];
  await world.send('petra', 'DELETE', `attachment/${String(file?.['id'])}`);
  await world.send('petra', 'PUT', `${at}/properties/p`, { a: 1 });
  await world.send('petra', 'DELETE', `${at}/properties/p`);
  await world.send('petra', 'POST', 'version', { name: 'new', projectId: 10300 });
  expect(heard()).toEqual(events);
  // Recorded: a new comment's webhook names no user.
  expect(Object.keys(body(0)).sort()).toEqual(['comment', 'timestamp', 'webhookEvent']);
  expect(body(1)).toMatchObject({ user: { name: 'petra' }, comment: { body: 'two' } });
  expect(body(2)).toMatchObject({ comment: { body: 'two', author: { name: 'petra' } } });
  expect(body(5)).toMatchObject({ worklog: { timeSpentSeconds: 7200 } });
  expect(body(10)).toMatchObject({ property: { key: 'p', value: { a: 1 } } });
});

describe('on their way', () => {
  let server: Server;
  let url: string;
  let posts: { headers: IncomingMessage['headers']; body: string }[];
  beforeEach(async () => {
    posts = [];
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        posts.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
        response.writeHead(500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  });
  afterEach(() => server.close());

  /** A sender whose deliveries have the given delays, one each. */
  function senderWith(delaysMs: number[]) {
    const clock = createVirtualClock(0);
    const activity = createActivity();
    const stats = createStats();
    const fate = { copies: delaysMs.length, delaysMs };
    const faults = { eventFate: () => fate, webtriggerFate: () => ({ delayMs: 0 }) };
    const sender = createWebhookSender({ clock, activity, stats, timeline: createTimeline(clock), faults });
    const idle = async () => {
      while (activity.current().length > 0) await new Promise((resolve) => setImmediate(resolve));
    };
    return { clock, sender, stats, idle };
  }

  const delivery = () => ({
    event: 'comment_created',
    url,
    body: { webhookEvent: 'comment_created' },
    identifier: 'i-1',
  });

  test('a delivery is one POST of JSON, and a failure is not repeated', async () => {
    const { clock, sender, stats, idle } = senderWith([0]);
    sender.send('initech', delivery());
    await clock.advance(0);
    await idle();
    await clock.advance(3_600_000);
    await idle();
    expect(posts).toHaveLength(1);
    expect(posts[0]?.headers['x-atlassian-webhook-identifier']).toBe('i-1');
    expect(posts[0]?.headers['content-type']).toContain('application/json');
    expect(JSON.parse(posts[0]?.body ?? '')).toEqual({ webhookEvent: 'comment_created' });
    expect(stats.snapshot()['initech']?.groups['webhooks']).toEqual({ 'comment_created answered 500': 1 });
  });

  test('faults lose, double and delay', async () => {
    const lost = senderWith([]);
    lost.sender.send('initech', delivery());
    await lost.clock.advance(60_000);
    await lost.idle();
    expect(posts).toHaveLength(0);
    const twice = senderWith([0, 5000]);
    twice.sender.send('initech', delivery());
    await twice.clock.advance(0);
    await twice.idle();
    expect(posts).toHaveLength(1);
    expect(twice.sender.pending()).toMatchObject([{ what: 'webhook comment_created', dueAt: 5000 }]);
    await twice.clock.advance(5000);
    await twice.idle();
    expect(posts).toHaveLength(2);
    expect(twice.sender.pending()).toEqual([]);
  });
});
