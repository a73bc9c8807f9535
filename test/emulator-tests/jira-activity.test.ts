/** Comments, files, links, work and properties, with what they do to the issue. */
import { type Answer, type Bench, benchOf, bug, says } from './jira-bench';

let bench: Bench;

beforeEach(() => {
  bench = benchOf('acme');
});

function fileForm(...names: string[]): FormData {
  const form = new FormData();
  for (const name of names) form.append('file', new File([`bytes of ${name}`], name, { type: 'text/plain' }));
  return form;
}

const upload = (key: string, form: FormData): Promise<Answer> =>
  bench.call('POST', `issue/${key}/attachments`, form, { 'x-atlassian-token': 'no-check' });

test('a comment: created equals updated, edit names the editor, delete leaves 404', async () => {
  const made = await bench.post('issue/SUP-5/comment', {
    body: says('One'),
    properties: [{ key: 'marker', value: { n: 1 } }],
  });
  expect(made.status).toBe(201);
  expect(made.body.created).toBe(made.body.updated);
  expect(made.body.jsdPublic).toBe(true);
  const path = `issue/SUP-5/comment/${made.body.id}`;
  expect((await bench.get(`${path}?expand=properties`)).body.properties).toEqual([
    { key: 'marker', value: { n: 1 } },
  ]);
  const edited = await bench.put(path, { body: says('Two') });
  expect(edited.body).toMatchObject({ body: says('Two'), id: made.body.id });
  expect(edited.body.updated > edited.body.created).toBe(true);
  expect((await bench.call('DELETE', path)).status).toBe(204);
  expect((await bench.get(path)).status).toBe(404);
  expect((await bench.post('issue/SUP-5/comment', { body: 'plain' })).status).toBe(400);
});

test('a mention is written out with the name of the person', async () => {
  const elin = bench.site.users().find((user) => user.name.startsWith('Elin'))?.accountId;
  const body = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id: elin } }] }],
  };
  const made = await bench.post('issue/SUP-5/comment', { body });
  expect(made.body.body.content[0].content[0].attrs).toEqual({ id: elin, text: '@Elin Strand' });
});

test('an upload: header, array, id as text there and as number here', async () => {
  expect((await bench.call('POST', 'issue/SUP-5/attachments', fileForm('a.txt'))).status).toBe(403);
  const made = await upload('SUP-5', fileForm('a.txt', 'b.txt'));
  expect(made.status).toBe(200);
  expect(made.body.map((file: { filename: string }) => file.filename)).toEqual(['a.txt', 'b.txt']);
  const id = made.body[0].id;
  expect(typeof id).toBe('string');
  expect((await bench.get(`attachment/${id}`)).body.id).toBe(Number(id));
  const { values } = (await bench.get('issue/SUP-5/changelog')).body;
  expect(values[0].items).toEqual([
    {
      field: 'Attachment',
      fieldtype: 'jira',
      fieldId: 'attachment',
      from: null,
      fromString: null,
      to: id,
      toString: 'a.txt',
    },
  ]);
  expect((await bench.call('DELETE', `attachment/${id}`)).status).toBe(204);
  expect((await bench.get(`attachment/${id}`)).status).toBe(404);
});

const ranges: [range: string, status: number, text: string, contentRange: string | null][] = [
  ['bytes=0-4', 206, 'bytes', 'bytes 0-4/14'],
  ['bytes=9-', 206, 'a.txt', 'bytes 9-13/14'],
  ['bytes=-3', 206, 'txt', 'bytes 11-13/14'],
  ['bytes=12-99', 206, 'xt', 'bytes 12-13/14'],
  ['bytes=14-20', 416, '', 'bytes */14'],
];

test.each(ranges)('content with range %s', async (range, status, text, contentRange) => {
  const made = await upload('SUP-5', fileForm('a.txt'));
  const path = `attachment/content/${made.body[0].id}?redirect=false`;
  const answer = await bench.call('GET', path, undefined, { range });
  expect([answer.status, answer.body ?? '', answer.headers.get('content-range')]).toEqual([
    status,
    text,
    contentRange,
  ]);
});

test('content leads to a media address, which names the UUID that documents use', async () => {
  const made = await upload('SUP-5', fileForm('a.txt'));
  const answer = await bench.get(`attachment/content/${made.body[0].id}`);
  expect(answer.status).toBe(303);
  const address = new URL(answer.headers.get('location') ?? '');
  const mediaId = address.pathname.split('/')[3];
  expect(mediaId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  bench.as('nobody');
  expect((await bench.get(address.pathname + address.search)).body).toBe('bytes of a.txt');
  expect((await bench.get(address.pathname)).status).toBe(404);
});

test('a document that drops its media node deletes the file', async () => {
  const files = async () =>
    (await bench.get('issue/SUP-18')).body.fields.attachment.map(
      (file: { filename: string }) => file.filename,
    );
  const { description } = (await bench.get('issue/SUP-18')).body.fields;
  await bench.put('issue/SUP-18', { fields: { description } });
  expect(await files()).toEqual(['preview.png']);
  await bench.post('issue/SUP-18/comment', { body: description });
  await bench.put('issue/SUP-18', { fields: { description: says('No picture') } });
  expect(await files()).toEqual(['preview.png']);
  const comment = (await bench.get('issue/SUP-18/comment')).body.comments[0];
  bench.events.length = 0;
  await bench.put(`issue/SUP-18/comment/${comment.id}`, { body: says('Nor here') });
  expect(await files()).toEqual([]);
  expect(bench.events.map((event) => event.eventType)).toContain('avi:jira:deleted:attachment');
});

test('a link has no body, one id on both sides, and each end carries the other', async () => {
  const answer = await bench.post('issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'SUP-4' },
    outwardIssue: { key: 'SUP-6' },
  });
  expect([answer.status, answer.body]).toEqual([201, undefined]);
  const [source] = (await bench.get('issue/SUP-4')).body.fields.issuelinks;
  const [destination] = (await bench.get('issue/SUP-6')).body.fields.issuelinks;
  expect(source).toMatchObject({ outwardIssue: { key: 'SUP-6' }, type: { outward: 'blocks' } });
  expect(destination).toMatchObject({ id: source.id, inwardIssue: { key: 'SUP-4' } });
  const { values } = (await bench.get('issue/SUP-4/changelog')).body;
  expect(values.at(-1).items).toEqual([
    {
      field: 'Link',
      fieldtype: 'jira',
      from: null,
      fromString: null,
      to: 'SUP-6',
      toString: 'This issue blocks SUP-6',
    },
  ]);
  expect((await bench.call('DELETE', `issueLink/${source.id}`)).status).toBe(204);
  expect((await bench.get(`issueLink/${source.id}`)).status).toBe(404);
});

test('a remote link with the same globalId is updated in place', async () => {
  const link = (title: string) => ({
    globalId: 'twin=1',
    object: { url: 'https://globex.example/1', title },
  });
  expect((await bench.post('issue/SUP-4/remotelink', link('One'))).status).toBe(201);
  expect((await bench.post('issue/SUP-4/remotelink', link('Two'))).status).toBe(200);
  const { body } = await bench.get('issue/SUP-4/remotelink');
  expect(body).toHaveLength(1);
  expect(body[0].object).toMatchObject({ title: 'Two', icon: {}, status: { icon: {} } });
});

const durations: [words: string, status: number, seconds: number | undefined][] = [
  ['1h 30m', 201, 5_400],
  ['1d', 201, 28_800],
  ['1w 1d', 201, 172_800],
  ['soon', 400, undefined],
];

test.each(durations)('a worklog of "%s"', async (timeSpent, status, seconds) => {
  const answer = await bench.post('issue/SUP-5/worklog', { timeSpent });
  expect([answer.status, answer.body.timeSpentSeconds]).toEqual([status, seconds]);
});

test('logged work moves time spent and the remaining estimate', async () => {
  await bench.put('issue/SUP-5', { fields: { timetracking: { originalEstimate: '4h' } } });
  const made = await bench.post('issue/SUP-5/worklog', { timeSpent: '1h 30m' });
  const tracking = async () => (await bench.get('issue/SUP-5')).body.fields.timetracking;
  expect(await tracking()).toMatchObject({
    originalEstimate: '4h',
    remainingEstimate: '2h 30m',
    timeSpent: '1h 30m',
  });
  await bench.call('DELETE', `issue/SUP-5/worklog/${made.body.id}`);
  expect(await tracking()).toMatchObject({ remainingEstimate: '4h', timeSpentSeconds: 0 });
});

test('a property: 201 first, 200 later, no body, replaced and limited', async () => {
  const path = 'issue/SUP-5/properties/twin';
  const before = (await bench.get('issue/SUP-5')).body.fields.updated;
  const first = await bench.put(path, { a: 1, b: 2 });
  expect([first.status, first.body]).toEqual([201, undefined]);
  expect((await bench.put(path, { a: 3 })).status).toBe(200);
  expect((await bench.get(path)).body).toEqual({ key: 'twin', value: { a: 3 } });
  expect((await bench.put(path, 'x'.repeat(32_769))).status).toBe(400);
  expect((await bench.put(`issue/SUP-5/properties/${'k'.repeat(256)}`, 1)).status).toBe(400);
  expect((await bench.get('issue/SUP-5')).body.fields.updated).toBe(before);
  expect((await bench.call('DELETE', path)).status).toBe(204);
  expect((await bench.get(path)).status).toBe(404);
});

test('an issue with sub-tasks is deleted only when asked so', async () => {
  expect((await bench.call('DELETE', 'issue/SUP-3')).status).toBe(400);
  expect((await bench.call('DELETE', 'issue/SUP-3?deleteSubtasks=true')).status).toBe(204);
  expect((await bench.get('issue/SUP-11')).status).toBe(404);
});

test('version 2 takes and gives strings for the same stored text', async () => {
  const made = await bench.post('/rest/api/2/issue', bug('By version 2', { description: 'Two\nlines' }));
  const { key } = made.body;
  // One paragraph with a break, as Atlassian's own transformer reads one line feed.
  expect((await bench.get(`issue/${key}`)).body.fields.description.content).toMatchObject([
    { type: 'paragraph', content: [{ text: 'Two' }, { type: 'hardBreak' }, { text: 'lines' }] },
  ]);
  expect((await bench.get(`/rest/api/2/issue/${key}`)).body.fields.description).toBe('Two\nlines');
  const comment = await bench.post(`/rest/api/2/issue/${key}/comment`, { body: 'Hello' });
  expect(comment.body.body).toBe('Hello');
  expect((await bench.get(`issue/${key}/comment/${comment.body.id}`)).body.body).toEqual(says('Hello'));
});
