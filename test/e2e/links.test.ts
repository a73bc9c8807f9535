/** Links on the shipped bundle: made, mirrored once with their direction, and removed on both sites. */
import { agree, connect } from './support/agreement';
import { twinOf } from './support/compare';
import { createIssue } from './support/issues';
import { listOf, pastFirstRetry, type RunningApp, type SiteKey, startApp } from './support/running-app';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
  const id = await connect(app);
  await agree(app, id, { adjust: (mapping) => ({ ...mapping, links: 'both' }) });
}, 240_000);
afterAll(() => app.stop());

/** `type > key` for links that point away, `type < key` for the others. */
async function linksOf(site: SiteKey, key: string): Promise<string[]> {
  const { body } = await app.rest(site, 'GET', `issue/${key}?fields=issuelinks`);
  return listOf(body['fields']?.['issuelinks']).map((link) => {
    const [sign, end] = link['outwardIssue'] ? ['>', link['outwardIssue']] : ['<', link['inwardIssue']];
    return `${String(link['type']?.['name'])} ${sign} ${String(end?.['key'])}`;
  });
}

it('crosses once with its direction, and is removed on both', async () => {
  const one = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'The cause' });
  const two = await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary: 'The effect' });
  const made = await app.rest('acme', 'POST', 'issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key: one.key },
    outwardIssue: { key: two.key },
  });
  expect(made.status).toBe(201);
  await app.settle(pastFirstRetry);
  const [cause, effect] = [String(await twinOf(app, 'acme', one)), String(await twinOf(app, 'acme', two))];
  expect(await linksOf('acme', one.key)).toEqual([`Blocks > ${two.key}`]);
  expect(await linksOf('globex', cause)).toEqual([`Blocks > ${effect}`]);
  expect(await linksOf('globex', effect)).toEqual([`Blocks < ${cause}`]);

  const { body } = await app.rest('globex', 'GET', `issue/${cause}?fields=issuelinks`);
  const id = String(listOf(body['fields']?.['issuelinks'])[0]?.['id']);
  expect((await app.rest('globex', 'DELETE', `issueLink/${id}`)).status).toBe(204);
  await app.settle(pastFirstRetry);
  expect([await linksOf('acme', one.key), await linksOf('globex', cause)]).toEqual([[], []]);
}, 240_000);
