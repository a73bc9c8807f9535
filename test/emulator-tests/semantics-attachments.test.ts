/** Files: upload, ids, media nodes, and files that disappear with the last text that shows them (jira.md section 5). */
import { type Bench, benchOf, bug, says } from './jira-bench';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Json = any;

async function upload(
  bench: Bench,
  key: string,
  names: string[],
  headers = { 'x-atlassian-token': 'no-check' },
) {
  const form = new FormData();
  for (const name of names)
    form.append('file', new File([`content of ${name}`], name, { type: 'text/plain' }));
  return bench.call('POST', `issue/${key}/attachments`, form, headers as Record<string, string>);
}

/** The media id, as anybody finds it out: from the address that content redirects to. */
async function mediaIdOf(bench: Bench, id: string): Promise<string> {
  const location = (await bench.get(`attachment/content/${id}`)).headers.get('location') ?? '';
  return /([0-9a-f]{8}-[0-9a-f-]{27})\/binary/.exec(location)?.[1] ?? '';
}

function shows(...ids: string[]): Record<string, unknown> {
  return {
    type: 'doc',
    version: 1,
    content: ids.map((id) => ({
      type: 'mediaSingle',
      attrs: { layout: 'center' },
      content: [{ type: 'media', attrs: { type: 'file', id, collection: '' } }],
    })),
  };
}

/** A new issue with files, and their ids and media ids. */
async function issueWith(bench: Bench, names: string[]) {
  const { key } = (await bench.post('issue', bug('Has files'))).body as { key: string };
  const files = (await upload(bench, key, names)).body as { id: string }[];
  const media = [];
  for (const file of files) media.push(await mediaIdOf(bench, file.id));
  return { key, ids: files.map((file) => file.id), media };
}

const present = async (bench: Bench, id: string | undefined) => (await bench.get(`attachment/${id}`)).status;

test('upload wants the header, else 403 in these words [obs]; it answers 200 and an array [spec]', async () => {
  const bench = benchOf('acme');
  const refused = await upload(bench, 'SUP-3', ['a.txt'], {} as { 'x-atlassian-token': string });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    403,
    expect.stringContaining('XSRF check failed'),
  ]);
  const taken = await upload(bench, 'SUP-3', ['a.txt', 'b.txt']);
  expect([taken.status, taken.body.map((file: Json) => file.filename)]).toEqual([200, ['a.txt', 'b.txt']]);
});

test('a part which is not called `file` [spec] is passed over: an empty list [obs jira-api-restclient #48]', async () => {
  const bench = benchOf('acme');
  const files = async () => (await bench.get('issue/SUP-3')).body.fields.attachment;
  const form = new FormData();
  form.append('upload', new File(['x'], 'x.txt'));
  const answer = await bench.call('POST', 'issue/SUP-3/attachments', form, {
    'x-atlassian-token': 'no-check',
  });
  expect([answer.status, answer.body]).toEqual([200, []]);
  expect((await files()).map((file: Json) => file.filename)).not.toContain('x.txt');
});

test('the id is a string of digits in upload and issue, a number in GET /attachment [live]', async () => {
  const bench = benchOf('acme');
  const { key, ids } = await issueWith(bench, ['a.txt']);
  expect(ids[0]).toMatch(/^\d+$/);
  expect((await bench.get(`issue/${key}`)).body.fields.attachment[0].id).toBe(ids[0]);
  expect((await bench.get(`attachment/${ids[0]}`)).body.id).toBe(Number(ids[0]));
});

test('content leads to the media service unless redirect=false [spec]; deleting leaves 404 [spec]', async () => {
  const bench = benchOf('acme');
  const { ids, media } = await issueWith(bench, ['a.txt']);
  expect(media[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect((await bench.get(`attachment/content/${ids[0]}`)).status).toBe(303);
  expect((await bench.get(`attachment/content/${ids[0]}?redirect=false`)).body).toBe('content of a.txt');
  expect((await bench.call('DELETE', `attachment/${ids[0]}`)).status).toBe(204);
  for (const path of [`attachment/${ids[0]}`, `attachment/content/${ids[0]}`])
    expect((await bench.get(path)).status).toBe(404);
});

test('who may attach may do so without Edit; who may not browse sees no issue [spec]', async () => {
  const bench = benchOf('acme');
  bench.as('Frank');
  expect((await upload(bench, 'SUP-3', ['a.txt'])).status).toBe(200);
  bench.as('Noor');
  expect((await upload(bench, 'HR-1', ['a.txt'])).status).toBe(404);
});

test('a media node takes the media id, not the id of the attachment [doc, obs]', async () => {
  const bench = benchOf('acme');
  const { key, ids, media } = await issueWith(bench, ['a.txt']);
  expect((await bench.put(`issue/${key}`, { fields: { description: shows(media[0] ?? '') } })).status).toBe(
    204,
  );
  const wrong = await bench.put(`issue/${key}`, { fields: { description: shows(ids[0] ?? '') } });
  expect([wrong.status, wrong.body.errorMessages]).toEqual([400, ['ATTACHMENT_VALIDATION_ERROR']]);
});

test.each(['description', 'comment', 'worklog'])(
  'an unknown media id and one of another issue are refused in a %s',
  async (where) => {
    const bench = benchOf('acme');
    const other = await issueWith(bench, ['a.txt']);
    const { key } = (await bench.post('issue', bug('Without files'))).body;
    const put = (id: string) => {
      if (where === 'description') return bench.put(`issue/${key}`, { fields: { description: shows(id) } });
      if (where === 'comment') return bench.post(`issue/${key}/comment`, { body: shows(id) });
      return bench.post(`issue/${key}/worklog`, { timeSpent: '1h', comment: shows(id) });
    };
    for (const id of ['00000000-0000-4000-8000-000000000000', other.media[0] ?? '']) {
      const answer = await put(id);
      expect([answer.status, answer.body.errorMessages]).toEqual([400, ['ATTACHMENT_VALIDATION_ERROR']]);
    }
  },
);

test('a description that drops its media node deletes the file, with changelog and event, and spares the others', async () => {
  const bench = benchOf('acme');
  const { key, ids, media } = await issueWith(bench, ['a.txt', 'b.txt', 'loose.txt']);
  await bench.put(`issue/${key}`, { fields: { description: shows(media[0] ?? '', media[1] ?? '') } });
  bench.events.length = 0;
  await bench.put(`issue/${key}`, { fields: { description: shows(media[1] ?? '') } });
  expect([await present(bench, ids[0]), await present(bench, ids[1]), await present(bench, ids[2])]).toEqual([
    404, 200, 200,
  ]);
  expect(bench.events.map((event) => event.eventType)).toContain('avi:jira:deleted:attachment');
  const items = (await bench.get(`issue/${key}/changelog`)).body.values.flatMap((entry: Json) => entry.items);
  expect(items.at(-1)).toMatchObject({ field: 'Attachment', from: ids[0], fromString: 'a.txt', to: null });
});

test('a comment that drops its media node, or goes itself, takes the file along', async () => {
  const bench = benchOf('acme');
  const { key, ids, media } = await issueWith(bench, ['a.txt', 'b.txt']);
  const first = (await bench.post(`issue/${key}/comment`, { body: shows(media[0] ?? '') })).body;
  const second = (await bench.post(`issue/${key}/comment`, { body: shows(media[1] ?? '') })).body;
  await bench.put(`issue/${key}/comment/${first.id}`, { body: says('nothing to see') });
  await bench.call('DELETE', `issue/${key}/comment/${second.id}`);
  expect([await present(bench, ids[0]), await present(bench, ids[1])]).toEqual([404, 404]);
});

test('a file that another text still shows stays, and so does one that no text ever showed', async () => {
  const bench = benchOf('acme');
  const { key, ids, media } = await issueWith(bench, ['a.txt', 'b.txt']);
  await bench.put(`issue/${key}`, { fields: { description: shows(media[0] ?? '') } });
  await bench.post(`issue/${key}/comment`, { body: shows(media[0] ?? '') });
  await bench.put(`issue/${key}`, { fields: { description: null } });
  expect([await present(bench, ids[0]), await present(bench, ids[1])]).toEqual([200, 200]);
});

test('emptying a custom text that showed a file deletes it too', async () => {
  const bench = benchOf('acme');
  const { key } = (
    await bench.post('issue', {
      fields: { project: { key: 'DEV' }, issuetype: { name: 'Task' }, summary: 'x' },
    })
  ).body;
  const [file] = (await upload(bench, key, ['a.txt'])).body;
  const media = await mediaIdOf(bench, file.id);
  await bench.put(`issue/${key}`, { fields: { customfield_10036: shows(media) } });
  await bench.put(`issue/${key}`, { fields: { customfield_10036: null } });
  expect(await present(bench, file.id)).toBe(404);
});
