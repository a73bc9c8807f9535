/** The Site port against bodies in the form that Jira Cloud gives. */
import type { SiteResult } from '#engine/ports/site-result';
import { createJiraSite } from '#jira/create-jira-site';
import { fakeJira } from '../../support/fake-jira';
import { paragraphs } from '../../support/values';

const mark = { connection: 'link1', twin: 'pair-0001' };
const issue = {
  expand: 'renderedFields,names',
  id: '10001',
  self: 'https://acme.atlassian.net/rest/api/3/issue/10001',
  key: 'ACME-1',
  fields: {
    summary: 'Hello',
    project: { id: '10000', key: 'ACME' },
    issuetype: { id: '10002', name: 'Bug' },
    status: { id: '3', name: 'In Progress' },
    security: null,
    created: '2026-01-31T13:05:00.000+0100',
    updated: '2026-01-31T08:05:30.500-0500',
  },
};

function expectOk<T>(result: SiteResult<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

test('an issue is read with its marks, its times as instants and whether it may leave', async () => {
  const { client, asked } = fakeJira({
    'GET /rest/api/3/issue/10001': [
      { body: { ...issue, properties: { 'concord.twin': mark } } },
      {
        body: {
          ...issue,
          fields: { ...issue.fields, security: { id: '1' } },
          properties: { 'concord.twin': 'x' },
        },
      },
    ],
  });
  const site = createJiraSite(client);
  expect(expectOk(await site.readIssue('10001', ['summary']))).toMatchObject({
    id: '10001',
    key: 'ACME-1',
    projectId: '10000',
    typeId: '10002',
    statusId: '3',
    createdAt: Date.UTC(2026, 0, 31, 12, 5, 0),
    updatedAt: Date.UTC(2026, 0, 31, 13, 5, 30, 500),
    restricted: false,
    fields: { summary: 'Hello' },
    marks: [mark],
  });
  expect(decodeURIComponent(asked[0]?.path ?? '')).toContain(
    'fields=project,issuetype,status,security,created,updated,archiveddate,summary&properties=concord.twin',
  );
  expect(expectOk(await site.readIssue('10001', []))).toMatchObject({ restricted: true, marks: [] });
});

test('ids never leave their place in a path', async () => {
  const { client, asked } = fakeJira({ 'GET /rest/api/3/issue/..%2Fmyself': { status: 404 } });
  await createJiraSite(client).readIssue('../myself', []);
  expect(asked[0]?.path).toMatch(/^\/rest\/api\/3\/issue\/\.\.%2Fmyself\?/);
});

test('a write sends fields and reads back; without fields it only reads', async () => {
  const { client, asked } = fakeJira({
    'PUT /rest/api/3/issue/10001': { body: issue },
    'GET /rest/api/3/issue/10001': { body: issue },
  });
  const site = createJiraSite(client);
  expect(expectOk(await site.writeIssue('10001', { summary: 'Hello' }, ['summary'])).fields['summary']).toBe(
    'Hello',
  );
  expect(asked[0]).toEqual({
    method: 'PUT',
    path: '/rest/api/3/issue/10001?returnIssue=true&expand=changelog',
    body: { fields: { summary: 'Hello' } },
  });
  await site.writeIssue('10001', {}, ['summary']);
  expect(asked[1]?.method).toBe('GET');
});

test('creates carry the mark in the same request', async () => {
  const { client, asked } = fakeJira({
    'POST /rest/api/3/issue': { status: 201, body: { id: '10009', key: 'ACME-9', self: 'x' } },
    'POST /rest/api/3/issue/10009/comment': { status: 201, body: { id: '77' } },
  });
  const site = createJiraSite(client);
  const made = await site.createIssue({
    projectId: '10000',
    typeId: '10002',
    fields: { summary: 'New' },
    mark,
  });
  expect(expectOk(made)).toEqual({ id: '10009', key: 'ACME-9' });
  expect(asked[0]?.body).toEqual({
    fields: { summary: 'New', project: { id: '10000' }, issuetype: { id: '10002' } },
    properties: [{ key: 'concord.twin', value: mark }],
  });
  expect(expectOk(await site.createComment('10009', paragraphs('Hi'), mark))).toEqual({ id: '77' });
  expect(asked[1]?.body).toMatchObject({ properties: [{ key: 'concord.twin', value: mark }] });
});

test('all comments are read, page by page, and restricted or internal ones are told apart', async () => {
  const comment = (id: string, more: object) => ({
    id,
    body: paragraphs(id),
    author: { accountId: 'a-1', displayName: 'Ada Winter' },
    created: '2026-01-31T13:05:00.000+0000',
    updated: '2026-01-31T13:05:00.000+0000',
    jsdPublic: true,
    ...more,
  });
  const { client, asked } = fakeJira({
    'GET /rest/api/3/issue/10001/comment': [
      {
        body: {
          startAt: 0,
          maxResults: 2,
          total: 3,
          comments: [comment('1', {}), comment('2', { jsdPublic: false })],
        },
      },
      {
        body: {
          startAt: 2,
          maxResults: 2,
          total: 3,
          comments: [
            comment('3', {
              visibility: { type: 'role', value: 'Developers' },
              properties: [{ key: 'concord.twin', value: mark }],
            }),
          ],
        },
      },
    ],
  });
  const comments = expectOk(await createJiraSite(client).listComments('10001'));
  expect(comments.map(({ id, restricted }) => [id, restricted])).toEqual([
    ['1', false],
    ['2', true],
    ['3', true],
  ]);
  expect(comments[2]?.marks).toEqual([mark]);
  expect(asked[1]?.path).toContain('startAt=2');
});

test('transitions tell what their screens demand and hide what is not available', async () => {
  const transition = (id: string, to: string, more: object) => ({ id, name: id, to: { id: to }, ...more });
  const { client } = fakeJira({
    'GET /rest/api/3/issue/10001/transitions': {
      body: {
        transitions: [
          transition('11', '3', { isAvailable: true, fields: {} }),
          transition('21', '4', {
            fields: {
              resolution: { required: true, hasDefaultValue: false },
              assignee: { required: true, hasDefaultValue: true },
            },
          }),
          transition('31', '5', { isAvailable: false }),
        ],
      },
    },
  });
  expect(expectOk(await createJiraSite(client).transitions('10001'))).toEqual([
    { id: '11', toStatusId: '3', requiredFields: [] },
    { id: '21', toStatusId: '4', requiredFields: ['resolution'], screen: ['resolution', 'assignee'] },
  ]);
});

test('the catalog has only fields that can be shared, with their options, and the statuses of each type', async () => {
  const custom = 'com.atlassian.jira.plugin.system.customfieldtypes:';
  const fields = [
    { fieldId: 'summary', name: 'Summary', schema: { type: 'string', system: 'summary' } },
    { fieldId: 'description', name: 'Description', schema: { type: 'string', system: 'description' } },
    { fieldId: 'reporter', name: 'Reporter', schema: { type: 'user', system: 'reporter' } },
    {
      fieldId: 'priority',
      name: 'Priority',
      schema: { type: 'priority', system: 'priority' },
      allowedValues: [{ id: '1', name: 'Highest' }],
    },
    {
      fieldId: 'customfield_10042',
      name: 'Severity',
      schema: { type: 'option', custom: `${custom}select` },
      allowedValues: [
        { id: '10', value: 'Critical' },
        { id: '11', value: 'Old', disabled: true },
      ],
    },
    {
      fieldId: 'customfield_10043',
      name: 'Sprint',
      schema: { type: 'array', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
    },
    {
      fieldId: 'customfield_10044',
      name: 'Area',
      schema: { type: 'option-with-child', custom: `${custom}cascadingselect` },
      allowedValues: [{ id: '20', value: 'North', children: [{ id: '21', value: 'Pole' }] }],
    },
    { fieldId: 'customfield_10045', name: 'Of an app', schema: { type: 'string', custom: 'com.example:x' } },
  ];
  const { client } = fakeJira({
    'GET /rest/api/3/project/search': {
      body: {
        isLast: true,
        total: 2,
        values: [
          { id: '10000', key: 'ACME', name: 'Acme' },
          { id: '10001', key: 'SEC', name: 'Secret' },
        ],
      },
    },
    'GET /rest/api/3/issue/createmeta/10000/issuetypes': {
      body: { total: 1, issueTypes: [{ id: '1', name: 'Bug', subtask: false }] },
    },
    'GET /rest/api/3/issue/createmeta/10001/issuetypes': {
      status: 404,
      body: { errorMessages: ['No project.'] },
    },
    'GET /rest/api/3/project/10000/statuses': {
      body: [
        {
          id: '1',
          name: 'Bug',
          statuses: [{ id: '3', name: 'Doing', statusCategory: { id: 4, key: 'indeterminate' } }],
        },
      ],
    },
    'GET /rest/api/3/issue/createmeta/10000/issuetypes/1': [
      { body: { total: 8, fields: fields.slice(0, 4) } },
      { body: { total: 8, fields: fields.slice(4) } },
    ],
    'GET /rest/api/3/resolution': { body: [{ id: '5', name: 'Fixed' }] },
    'POST /rest/api/3/search/jql': {
      body: {
        issues: [
          {
            id: '1',
            fields: {
              customfield_10043: [
                { id: 7, name: 'Sprint 7', state: 'closed' },
                { id: 8, name: 'Sprint 8', state: 'active' },
              ],
            },
          },
        ],
        isLast: true,
      },
    },
  });
  const catalog = expectOk(await createJiraSite(client).catalog());
  expect(catalog.projects.map(({ key, types }) => [key, types.length])).toEqual([
    ['ACME', 1],
    ['SEC', 0],
  ]);
  expect(catalog.projects[0]?.types[0]?.fields).toEqual([
    { id: 'summary', name: 'Summary', kind: 'summary' },
    { id: 'description', name: 'Description', kind: 'richText' },
    { id: 'reporter', name: 'Reporter', kind: 'user' },
    { id: 'priority', name: 'Priority', kind: 'priority', options: [{ id: '1', name: 'Highest' }] },
    { id: 'customfield_10042', name: 'Severity', kind: 'select', options: [{ id: '10', name: 'Critical' }] },
    { id: 'customfield_10043', name: 'Sprint', kind: 'sprint', options: [{ id: '8', name: 'Sprint 8' }] },
    {
      id: 'customfield_10044',
      name: 'Area',
      kind: 'cascading',
      options: [
        { id: '20', name: 'North' },
        { id: '20/21', name: 'North / Pole' },
      ],
    },
    {
      id: 'status',
      name: 'Status',
      kind: 'status',
      options: [{ id: '3', name: 'Doing', category: 'indeterminate' }],
    },
    { id: 'issuetype', name: 'Issue type', kind: 'issueType', options: [{ id: '1', name: 'Bug' }] },
    { id: 'parent', name: 'Parent', kind: 'parent' },
    { id: 'resolution', name: 'Resolution', kind: 'resolution', options: [{ id: '5', name: 'Fixed' }] },
    { id: 'watches', name: 'Watchers', kind: 'watchers' },
    { id: 'votes', name: 'Votes', kind: 'votes' },
  ]);
});

test('searching goes on where the last page ended; the highest number comes from the last key', async () => {
  const { client, asked } = fakeJira({
    'POST /rest/api/3/search/jql': [
      { body: { issues: [{ id: '1' }, { id: '2' }], nextPageToken: 'more', isLast: false } },
      { body: { issues: [], isLast: true } },
      { body: { issues: [{ id: '9', key: 'ACME-41', fields: {} }], isLast: true } },
      { body: { issues: [], isLast: true } },
    ],
    'GET /rest/api/3/project/10000': { body: { id: '10000', key: 'ACME' } },
  });
  const site = createJiraSite(client);
  expect(expectOk(await site.search('project = ACME', undefined))).toEqual({
    ids: ['1', '2'],
    cursor: 'more',
  });
  expect(expectOk(await site.search('project = ACME', 'more'))).toEqual({ ids: [] });
  expect(asked[1]?.body).toMatchObject({ nextPageToken: 'more' });
  expect(expectOk(await site.highestIssueNumber('10000'))).toEqual({ projectKey: 'ACME', number: 41 });
  expect(expectOk(await site.highestIssueNumber('10000'))).toEqual({ projectKey: 'ACME', number: 0 });
});

test('a site is known by its address; the title that nobody chose is replaced by the host', async () => {
  const { client } = fakeJira({
    'GET /rest/api/3/serverInfo': [
      { body: { baseUrl: 'https://acme.atlassian.net', serverTitle: 'Jira' } },
      { body: { baseUrl: 'https://acme.atlassian.net', serverTitle: 'Acme Works' } },
    ],
  });
  const site = createJiraSite(client);
  expect(expectOk(await site.info())).toEqual({
    url: 'https://acme.atlassian.net',
    id: 'acme.atlassian.net',
    title: 'acme.atlassian.net',
  });
  expect(expectOk(await site.info()).title).toBe('Acme Works');
});
