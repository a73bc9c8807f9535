/** Whatever comes in wrong gets a clear answer or a silent refusal, and changes nothing. */
import { agree, connect } from './support/agreement';
import { createIssue, editIssue } from './support/issues';
import { type Json, pastFirstRetry, type RunningApp, startApp } from './support/running-app';

const showAll = { projects: { mode: 'all', ids: [] }, issueTypes: { mode: 'all', ids: [] } };

let app: RunningApp;
let id: string;
beforeAll(async () => {
  app = await startApp();
  id = await connect(app);
  await agree(app, id);
}, 120_000);
afterAll(() => app.stop());

describe('an invitation is refused with words for the field', () => {
  it.each([
    ['a path', 'https://globex.atlassian.net/jira'],
    ['another scheme', 'http://globex.atlassian.net'],
    ['the own site', 'https://acme.atlassian.net'],
    ['no site at all', 'globex'],
    ['another host', 'https://globex.example.com'],
    ['markup', 'https://<b>x</b>.atlassian.net'],
  ])('when the address has %s', async (_what, partnerUrl) => {
    const before = await synchronizations();
    const answer = await app.tryCall('acme', 'invite', {
      name: 'Test',
      description: '',
      partnerUrl,
      scope: showAll,
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: { partnerUrl: expect.stringMatching(/\w+/) } },
    });
    expect(await synchronizations()).toEqual(before);
  });

  it.each([
    ['empty', '  '],
    ['5,000 characters long', 'x'.repeat(5_000)],
  ])('when the name is %s', async (_what, name) => {
    const answer = await app.tryCall('acme', 'invite', {
      name,
      description: '',
      partnerUrl: 'https://other.atlassian.net',
      scope: showAll,
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: { name: expect.any(String) } },
    });
  });

  it('when "Show only selected" has nothing selected', async () => {
    const scope = { ...showAll, projects: { mode: 'show', ids: [] } };
    const answer = await app.tryCall('acme', 'invite', {
      name: 'Test',
      description: '',
      partnerUrl: 'https://other.atlassian.net',
      scope,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('keeps markup in a name as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const made = await app.call('acme', 'invite', {
      name,
      description: '',
      partnerUrl: 'https://other.atlassian.net',
      scope: showAll as never,
    });
    const { synchronizations: list } = await app.call('acme', 'list', {});
    expect(list.find((one) => one.id === made.id)?.name).toBe(name);
    await app.call('acme', 'withdraw', { id: made.id });
    await app.call('acme', 'removeRecord', { id: made.id });
  });
});

describe('the partner webtrigger', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['another JSON', '{"a":1}'],
    ['no seal', JSON.stringify({ v: 1, link: 'LINK', kind: 'stream', sealed: 'abc' })],
    [
      'a seal of somebody else',
      JSON.stringify({
        v: 1,
        link: 'LINK',
        kind: 'stream',
        sealed: Buffer.alloc(400, 0xc1).toString('base64'),
      }),
    ],
    [
      'an unknown connection',
      JSON.stringify({ v: 1, link: 'aaaaaaaaaaaaaaaaaaaaaaaaaa', kind: 'stream', sealed: 'abc' }),
    ],
  ])('answers %s with silence and changes nothing', async (_what, body) => {
    const before = await state();
    const answer = await post(body.replace('LINK', id));
    expect(answer).toEqual({ status: 404, body: '' });
    await app.settle();
    expect(await state()).toEqual(before);
  });

  it('refuses five megabytes', async () => {
    const answer = await post('x'.repeat(5_300_000));
    expect([404, 413]).toContain(answer.status);
  });

  it('takes a replayed message once', async () => {
    const issue = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'Replayed' });
    await app.settle(pastFirstRetry);
    const { calls } = (await app.control('GET', 'traffic?since=0')) as unknown as {
      calls: { to: string; requestBody: string }[];
    };
    const before = await app.rest('globex', 'GET', 'search/jql?jql=project=GSD&maxResults=1000');
    for (const call of calls.filter((one) => one.to === 'globex')) await post(call.requestBody, 'globex');
    await app.settle(pastFirstRetry);
    expect(await app.rest('globex', 'GET', 'search/jql?jql=project=GSD&maxResults=1000')).toEqual(before);
    expect(issue.key).toMatch(/^SUP-/);
  }, 60_000);
});

describe('a resolver call', () => {
  it('by somebody who is no admin is forbidden', async () => {
    const answer = await app.tryCall('acme', 'list', {}, app.sites.acme.member);
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it.each(['get', 'start', 'delete', 'confirmPartner', 'editor'] as const)(
    '%s with an unknown id is not found',
    async (name) => {
      const answer = await app.tryCall('acme', name, { id: 'nobody' });
      expect(answer).toMatchObject({ ok: false, error: { code: 'notFound' } });
    },
  );

  it('with missing fields is invalid', async () => {
    expect(await app.tryCall('acme', 'accept', { id })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });

  it('by the secondary cannot publish or add a mapping', async () => {
    const editor = await app.call('globex', 'editor', { id });
    const [mapping] = editor.mappings;
    if (mapping === undefined) throw new Error('no mapping');
    const published = await app.tryCall('globex', 'publish', {
      id,
      mappings: editor.mappings,
      note: 'Mine now',
      existing: { mode: 'new' },
      startWhenAgreed: true,
    });
    expect(published).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const confirmed = await app.tryCall('globex', 'confirm', {
      id,
      revision: editor.revision,
      mappings: [mapping, { ...mapping, id: 'another-mapping' }],
      existing: { mode: 'new' },
      startWhenAgreed: true,
    });
    expect(confirmed.ok).toBe(false);
  });
});

it('holds a field that was deleted meanwhile and lets the rest flow', async () => {
  const issue = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Bug',
    summary: 'Without its twin field',
  });
  await app.settle(pastFirstRetry);
  const { entries } = await app.panel('acme', 'issuePanel', issue);
  const twin = String(entries[0]?.partnerKey);
  const level = await app.rest('globex', 'DELETE', `issue/${twin}`);
  expect(level.status).toBe(204);
  await editIssue(app, 'acme', issue.key, { summary: 'Still edited' });
  const other = await createIssue(app, 'acme', {
    project: 'SUP',
    type: 'Bug',
    summary: 'The next one flows',
  });
  await app.settle(pastFirstRetry);
  const next = await app.panel('acme', 'issuePanel', other);
  expect(next.entries[0]?.partnerKey).toMatch(/^GSD-/);
}, 120_000);

async function synchronizations(): Promise<unknown> {
  return (await app.call('acme', 'list', {})).synchronizations.map(({ id: one, name }) => ({
    id: one,
    name,
  }));
}

/** Issues of both sites: what a message could have changed. */
async function state(): Promise<Json[]> {
  const sup = await app.rest('acme', 'GET', 'search/jql?jql=project=SUP&maxResults=1000&fields=updated');
  const gsd = await app.rest('globex', 'GET', 'search/jql?jql=project=GSD&maxResults=1000&fields=updated');
  return [sup.body, gsd.body];
}

let partnerUrls: Record<string, string> = {};
/** Posts to a site's partner webtrigger as anybody on the internet could. */
async function post(body: string, site = 'globex'): Promise<{ status: number; body: string }> {
  partnerUrls = Object.keys(partnerUrls).length > 0 ? partnerUrls : await app.webtriggerAddresses();
  const url = partnerUrls[site];
  if (url === undefined) throw new Error(`no address of ${site}`);
  return app.postToWebtrigger(url, body);
}
