/** `npm start -- --demo`: brings the two sites to a running pair, by the calls that the app's own screens make. */
import type { World } from './world-contract';

/** Module and function of the app through which its screens ask. */
const screens = { moduleKey: 'synchronizations', functionKey: 'call' };
const showAll = { projects: { mode: 'all', ids: [] }, issueTypes: { mode: 'all', ids: [] } };
const patience = { timeoutMs: 30_000 };

type Answer = { ok: true; value: never } | { ok: false; error: { message: string } };
type Rows = { id: string; key: string }[];

/** Resolves when both sites run; leaves everything as it is when there are synchronizations already. */
export async function playDemo(world: World): Promise<'made' | 'already there'> {
  const acme = (name: string, request: unknown) => call(world, 'acme', name, request);
  const globex = (name: string, request: unknown) => call(world, 'globex', name, request);
  const settle = () => world.settle(patience);
  await settle();
  const list: { synchronizations: unknown[] } = await acme('list', {});
  if (list.synchronizations.length > 0) return 'already there';

  const partnerUrl = world.site('globex')?.site.publicUrl;
  const { id }: { id: string } = await acme('invite', {
    name: 'With Globex',
    description: '',
    partnerUrl,
    scope: showAll,
  });
  await settle();
  await globex('accept', { id, name: 'With Acme', description: '', scope: showAll });
  await settle();
  await acme('confirmPartner', { id });
  await globex('confirmPartner', { id });
  await settle();
  const editor: { mine: { projects: Rows }; partner: { projects: Rows } } = await acme('editor', { id });
  const mine = idOf(editor.mine.projects, 'SUP');
  const theirs = idOf(editor.partner.projects, 'GSD');
  const mapping = await acme('match', { id, mine, theirs });
  const terms = { existing: { mode: 'new' }, startWhenAgreed: true };
  await acme('publish', {
    id,
    mappings: [mapping],
    note: 'Support and service desk in agreement.',
    ...terms,
  });
  await settle();
  const proposal: { revision: number; mappings: unknown[] } = await globex('editor', { id });
  await globex('confirm', { id, revision: proposal.revision, mappings: proposal.mappings, ...terms });
  await settle();
  return 'made';
}

async function call(world: World, siteKey: string, name: string, request: unknown): Promise<never> {
  const accountId = world
    .site(siteKey)
    ?.site.users()
    .find((user) => user.admin)?.accountId;
  const answer = await world.invokeResolver({
    siteKey,
    ...screens,
    payload: { name, request },
    ...(accountId === undefined ? {} : { accountId }),
  });
  if (!answer.ok) throw new Error(`${name} on ${siteKey}: ${answer.message}`);
  const body = answer.body as Answer;
  if (!body.ok) throw new Error(`${name} on ${siteKey}: ${body.error.message}`);
  return body.value;
}

function idOf(projects: Rows, key: string): string {
  const found = projects.find((project) => project.key === key);
  if (found === undefined) throw new Error(`The demonstration needs the project ${key}.`);
  return found.id;
}
