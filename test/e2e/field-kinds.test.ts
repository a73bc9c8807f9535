/** An issue with a field of every kind crosses both ways through the shipped bundle. */
import { createIssue, editIssue, paragraphs } from './support/issues';
import { ben, henrik, ines, type KindsWorld, noor, startKinds } from './support/kinds-world';
import type { RunningApp } from './support/running-app';

let world: KindsWorld;
let app: RunningApp;
beforeAll(async () => {
  world = await startKinds();
  app = world.app;
}, 180_000);
afterAll(() => app.stop());

test('every kind from acme to globex, changed there, and back', async () => {
  const made = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Bug',
    summary: 'Everything at once',
    ...world.on('acme', {
      Description: paragraphs('Long story'),
      Labels: ['b', 'a'],
      'Due date': '2026-12-24',
      Priority: { name: 'High' },
      Customer: 'Initech',
      Runbook: 'https://acme.example/runbook',
      'Incident start': '2026-11-20T10:15:00.000+0100',
      Severity: { value: 'S1 Outage' },
      Hosting: { value: 'Cloud' },
      Regions: [{ value: 'Europe' }, { value: 'Asia' }],
      'Product area': { value: 'Planning', child: { value: 'Routes' } },
      Assignee: { accountId: ben },
      'Account manager': { accountId: noor },
      'Owning group': { name: 'support-leads' },
      'Fix versions': [{ name: '6.0' }, { name: '5.8' }],
      Components: [{ name: 'Reports' }, { name: 'Integrations' }],
      'Time tracking': { originalEstimate: '5h', remainingEstimate: '3h' },
    }),
  });
  await app.settle();
  const there = await world.twin('acme', made);
  expect(await world.waiting()).toEqual([]);
  expect(await world.read('globex', there)).toMatchObject({
    Summary: 'Everything at once',
    Description: '"text":"Long story"',
    Labels: ['a', 'b'],
    'Due date': '2026-12-24',
    Priority: 'Critical',
    Customer: 'Initech',
    Runbook: 'https://acme.example/runbook',
    Severity: 'High',
    Hosting: 'Production',
    Regions: ['Kassel', 'Penang'],
    'Product area': 'P-line / P100',
    Assignee: 'Henrik Vogel',
    'Account manager': expect.stringContaining('Noor'),
    'Owning group': 'field-engineers',
    'Fix versions': ['5.8', 'R13'],
    Components: ['Hotline', 'Integrations'],
    'Issue type': 'Defect',
    'Time tracking': '5h 3h',
    Watchers: expect.stringContaining('Ada Winter'),
  });

  await editIssue(app, 'globex', there, {
    ...world.on('globex', {
      Labels: ['a', 'c'],
      'Due date': null,
      Customer: 'Umbrella',
      'Incident start': '2026-11-21T08:00:00.000+0000',
      Severity: { value: 'Low' },
      Hosting: null,
      Regions: [{ value: 'Kassel' }],
      'Product area': { value: 'K-line', child: { value: 'K9' } },
      Assignee: { accountId: ines },
      'Fix versions': [{ name: 'R13' }],
      Components: [],
      'Time tracking': { originalEstimate: '8h', remainingEstimate: '1h' },
    }),
  });
  await app.settle();
  expect(await world.waiting()).toEqual([]);
  expect(await world.read('acme', made.key)).toMatchObject({
    Labels: ['a', 'c'],
    'Due date': null,
    Customer: 'Umbrella',
    Severity: 'S8 Typo',
    Hosting: null,
    Regions: ['Europe'],
    'Product area': 'Billing',
    Assignee: 'Ada Winter',
    'Fix versions': ['6.0'],
    Components: [],
    'Time tracking': '1d 1h',
  });
}, 120_000);

test('a number, several people and a sprint', async () => {
  const made = await createIssue(app, 'acme', {
    project: 'DEV',
    type: 'Task',
    summary: 'In the sprint',
    ...world.on('acme', { 'Story Points': 2.5, Reviewers: [{ accountId: ben }], Sprint: 42 }),
  });
  await app.settle();
  const there = await world.twin('acme', made);
  expect(await world.waiting()).toEqual([]);
  expect(await world.read('globex', there)).toMatchObject({
    'Story Points': 2.5,
    Reviewers: ['Henrik Vogel'],
    Sprint: ['Takt 46'],
  });
  await editIssue(app, 'globex', there, {
    ...world.on('globex', {
      'Story Points': 3,
      Sprint: 712,
      Reviewers: [{ accountId: henrik }, { accountId: ines }],
    }),
  });
  await app.settle();
  expect(await world.waiting()).toEqual([]);
  expect(await world.read('acme', made.key)).toMatchObject({
    'Story Points': 3,
    Reviewers: ['Ada Winter', 'Ben Okafor'],
    Sprint: expect.arrayContaining(['DEV Sprint 19']),
  });
}, 120_000);

test('a sub-task and its parent, and a change of type', async () => {
  const parent = await createIssue(app, 'acme', { project: 'SUP', type: 'Task', summary: 'Above' });
  const child = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Sub-task',
    summary: 'Below',
    parent: { key: parent.key },
  });
  await app.settle();
  const [above, below] = [await world.twin('acme', parent), await world.twin('acme', child)];
  expect(await world.waiting()).toEqual([]);
  expect((await world.read('globex', below))['Parent']).toBe(above);
  await editIssue(app, 'acme', parent.key, { issuetype: { name: 'Bug' } });
  await app.settle();
  expect(await world.waiting()).toEqual([]);
  expect((await world.read('globex', above))['Issue type']).toBe('Defect');
}, 120_000);

test('a child that arrives before its parent', async () => {
  await app.call('acme', 'stop', { id: world.id });
  await app.settle();
  const parent = await createIssue(app, 'acme', { project: 'SUP', type: 'Task', summary: 'Comes later' });
  const child = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Sub-task',
    summary: 'Comes first',
    parent: { key: parent.key },
  });
  await app.settle();
  // Looked at in order of the last change: the child goes first.
  await editIssue(app, 'acme', parent.key, { summary: 'Came later' });
  await app.settle();
  await app.call('acme', 'start', { id: world.id });
  await app.settle();
  const [above, below] = [await world.twin('acme', parent), await world.twin('acme', child)];
  expect(await world.waiting()).toEqual([]);
  expect((await world.read('globex', below))['Parent']).toBe(above);
}, 120_000);
