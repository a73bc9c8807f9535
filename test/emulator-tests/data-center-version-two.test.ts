/** REST version 2 of the Cloud sites: the same issues as version 3, with texts in wiki markup both ways. */
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import type { Actor } from '../emulator/seam';

type Json = Record<string, unknown>;

const MARKUP = [
  'h2. Steps',
  '# open *Settings*',
  '# press _Save_',
  '',
  '{code:java}int a = 1;{code}',
  '',
  '||Name||Value||',
  '|a|1|',
  '',
  '{quote}as said{quote}',
  'see [the page|https://example.com/x]',
].join('\n');

function open() {
  const clock = { now: () => Date.parse('2026-11-21T09:30:00Z'), after: () => () => {} };
  const site = createCloudSite({ key: 'acme', clock, random: createRandom(3) });
  const ada = site.users().find((user) => user.email === 'ada@acme.example');
  const actor: Actor = { kind: 'user', accountId: ada?.accountId ?? '' };
  const send = async (method: string, path: string, body?: unknown) => {
    const json = body instanceof FormData ? body : JSON.stringify(body);
    const headers: Record<string, string> =
      body instanceof FormData ? {} : { 'content-type': 'application/json' };
    const request = new Request(`https://acme.atlassian.net/rest/api/${path}`, {
      method,
      headers: { ...headers, 'x-atlassian-token': 'no-check' },
      ...(body === undefined ? {} : { body: json }),
    });
    const response = await site.handle(request, actor);
    const text = await response.text();
    return { status: response.status, text, json: (text === '' ? {} : JSON.parse(text)) as Json };
  };
  return { send, accountId: ada?.accountId ?? '' };
}

async function createIssue(send: ReturnType<typeof open>['send'], fields: Json): Promise<string> {
  const made = await send('POST', '2/issue', {
    fields: { project: { key: 'SUP' }, issuetype: { name: 'Bug' }, summary: 'By version 2', ...fields },
  });
  expect(made.status).toBe(201);
  expect(made.json['self']).toContain('/rest/api/2/issue/');
  return String(made.json['key']);
}

const kinds = (document: unknown) =>
  (document as { content: { type: string }[] }).content.map((node) => node.type);

test('markup is kept as a document, which both versions read', async () => {
  const { send } = open();
  const key = await createIssue(send, { description: MARKUP });
  const third = await send('GET', `3/issue/${key}?fields=description`);
  const { description } = third.json['fields'] as Json;
  expect(kinds(description)).toEqual([
    'heading',
    'orderedList',
    'codeBlock',
    'table',
    'blockquote',
    'paragraph',
  ]);
  const second = await send('GET', `2/issue/${key}?fields=description`);
  const markup = String((second.json['fields'] as Json)['description']);
  for (const part of [
    'h2. Steps',
    '# open *Settings*',
    '{code:java}',
    '|a|1|',
    '[the page|https://example.com/x]',
  ]) {
    expect(markup).toContain(part);
  }
  expect(second.text).not.toContain('/rest/api/3/');
});

test('what version 3 wrote reads as markup, and saving that again keeps its meaning', async () => {
  const { send } = open();
  const key = await createIssue(send, {});
  const text = (words: string, ...marks: string[]) => ({
    type: 'text',
    text: words,
    ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
  });
  const item = { type: 'listItem', content: [{ type: 'paragraph', content: [text('one', 'strong')] }] };
  const written = {
    type: 'doc',
    version: 1,
    content: [
      { type: 'bulletList', content: [item] },
      { type: 'paragraph', content: [text('and '), text('more', 'em')] },
    ],
  };
  expect((await send('PUT', `3/issue/${key}`, { fields: { description: written } })).status).toBe(204);
  const read = async () =>
    String(((await send('GET', `2/issue/${key}?fields=description`)).json['fields'] as Json)['description']);
  const markup = await read();
  expect(markup).toBe('* *one*\n\nand _more_');
  expect((await send('PUT', `2/issue/${key}`, { fields: { description: markup } })).status).toBe(204);
  expect(await read()).toBe(markup);
  expect((await send('PUT', `2/issue/${key}`, { update: { description: [{ set: '-gone-' }] } })).status).toBe(
    204,
  );
  expect(await read()).toBe('-gone-');
});

test('mentions and pictures are named as people name them', async () => {
  const { send, accountId } = open();
  const key = await createIssue(send, {});
  const form = new FormData();
  form.append('file', new File(['x'], 'plan.png', { type: 'image/png' }));
  expect((await send('POST', `3/issue/${key}/attachments`, form)).status).toBe(200);
  const description = `[~accountid:${accountId}] look\n\n!plan.png|width=200!\n\n!missing.png!`;
  expect((await send('PUT', `2/issue/${key}`, { fields: { description } })).status).toBe(204);
  const third = await send('GET', `3/issue/${key}?fields=description`);
  const document = (third.json['fields'] as Json)['description'];
  expect(kinds(document)).toEqual(['paragraph', 'mediaSingle', 'paragraph']);
  expect(JSON.stringify(document)).toContain(`"id":"${accountId}"`);
  const markup = (await send('GET', `2/issue/${key}?fields=description`)).text;
  expect(markup).toContain(`[~accountid:${accountId}]`);
  expect(markup).toContain('!plan.png|width=200');
  // Escaped, since it is words now.
  expect(markup).toContain(String.raw`\\!missing.png\\!`);
});

test('comments and work speak markup too', async () => {
  const { send } = open();
  const key = await createIssue(send, {});
  const made = await send('POST', `2/issue/${key}/comment`, { body: 'a *bold* word' });
  expect(made).toMatchObject({ status: 201, json: { body: 'a *bold* word' } });
  const id = String(made.json['id']);
  expect((await send('PUT', `2/issue/${key}/comment/${id}`, { body: '{{code}}' })).json['body']).toBe(
    '{{code}}',
  );
  const third = (await send('GET', `3/issue/${key}/comment/${id}`)).json['body'] as { type: string };
  expect(third.type).toBe('doc');
  expect((await send('GET', `2/issue/${key}/comment`)).json).toMatchObject({
    comments: [{ body: '{{code}}' }],
  });
  const work = await send('POST', `2/issue/${key}/worklog`, { timeSpent: '1h', comment: '_slow_' });
  expect(work).toMatchObject({ status: 201, json: { comment: '_slow_' } });
  const inside = (await send('GET', `2/issue/${key}`)).json['fields'] as Json;
  expect(inside).toMatchObject({
    comment: { comments: [{ body: '{{code}}' }] },
    worklog: { worklogs: [{ comment: '_slow_' }] },
  });
});

test('documents are refused where markup is due', async () => {
  const { send } = open();
  const key = await createIssue(send, {});
  const document = { type: 'doc', version: 1, content: [] };
  expect(await send('PUT', `2/issue/${key}`, { fields: { description: document } })).toMatchObject({
    status: 400,
    json: { errors: { description: 'Operation value must be a string' } },
  });
  expect((await send('POST', `2/issue/${key}/comment`, { body: document })).status).toBe(400);
});
