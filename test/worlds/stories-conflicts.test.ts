/** Stories of fields on which a person decides: the conflict stands on both sites, and an answer on either ends it on both. */
import { listConflicts } from '#engine/conflicts/list-conflicts';
import { listOverwritten } from '#engine/conflicts/list-overwritten';
import { resolveConflict } from '#engine/conflicts/resolve-conflict';
import { restoreOverwritten } from '#engine/conflicts/restore-overwritten';
import { dropConnectionData } from '#engine/drop-connection-data';
import { differences } from './compare-sites';
import { storySetting } from './setting';
import { contract } from './site-facts';
import { link, noMischief, type Side, World } from './world';

const askAll = {
  ...contract,
  mappings: contract.mappings.map((mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field) => ({ ...field, policy: 'ask' as const })),
  })),
};

async function startAsking(): Promise<World> {
  const world = new World(1, { ...storySetting, contract: askAll });
  await world.connectBoth();
  return world;
}

/** A pair on which both sites changed the summary at the same moment. */
async function apart(): Promise<{ world: World; here: string; there: string }> {
  const world = await startAsking();
  const here = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  const there = [...world.globex.site.issues.values()][0]?.id ?? '';
  world.acme.site.people.edit('Ada', here.id, { summary: 'Printer burns' });
  world.globex.site.people.edit('Grace', there, { summary: 'Printer explodes' });
  await world.settle();
  return { world, here: here.id, there };
}

const summaryOf = (side: Side): unknown => [...side.site.issues.values()][0]?.fields['summary'];
const open = async (side: Side) => (await listConflicts(side.ports(), { id: link })).conflicts;

async function decide(side: Side, choice: 'here' | 'partner' | { value: string }): Promise<void> {
  const [conflict] = await open(side);
  if (conflict === undefined) throw new Error('No conflict is open.');
  const { pair, slot, version } = conflict;
  const answer =
    typeof choice === 'string'
      ? { take: choice }
      : { take: 'value' as const, value: { t: 'text' as const, v: choice.value } };
  await resolveConflict(side.ports(), { id: link, pair, slot, version, ...answer });
}

async function endedWith(world: World, summary: string): Promise<void> {
  await world.settle();
  expect([summaryOf(world.acme), summaryOf(world.globex)]).toEqual([summary, summary]);
  expect(differences(world)).toEqual([]);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  expect([...world.acme.site.echoes, ...world.globex.site.echoes]).toEqual([]);
}

test('each site keeps its own value, and both show both values and what they started from', async () => {
  const { world } = await apart();
  expect([summaryOf(world.acme), summaryOf(world.globex)]).toEqual(['Printer burns', 'Printer explodes']);
  const [[here], [there]] = [await open(world.acme), await open(world.globex)];
  expect(here).toMatchObject({
    label: 'Summary',
    base: { text: 'Printer smokes' },
    here: { text: 'Printer burns' },
    partner: { text: 'Printer explodes' },
  });
  expect(there).toMatchObject({ here: { text: 'Printer explodes' }, partner: { text: 'Printer burns' } });
});

test('the other fields of the issue go on, and a later edit of the field is shown on both', async () => {
  const { world, here } = await apart();
  world.acme.site.people.edit('Ada', here, { summary: 'Printer glows', labels: ['hot'] });
  await world.settle();
  const twin = [...world.globex.site.issues.values()][0];
  expect(twin?.fields['labels']).toEqual(['hot']);
  expect(summaryOf(world.globex)).toBe('Printer explodes');
  expect((await open(world.globex))[0]?.partner.text).toBe('Printer glows');
  expect((await open(world.acme))[0]?.here.text).toBe('Printer glows');
});

test.each([
  ['here', 'Printer burns'],
  ['partner', 'Printer explodes'],
] as const)('an answer on one site for the value %s ends it on both', async (take, summary) => {
  const { world } = await apart();
  await decide(world.acme, take);
  await endedWith(world, summary);
});

test('the secondary answers with a new value', async () => {
  const { world } = await apart();
  await decide(world.globex, { value: 'Printer is gone' });
  await endedWith(world, 'Printer is gone');
});

test('answers on both sites at once end the same on both: the one of the primary holds', async () => {
  const { world } = await apart();
  await decide(world.acme, 'here');
  await decide(world.globex, 'here');
  await endedWith(world, 'Printer burns');
});

test('it ends by itself when somebody types the value of the other site', async () => {
  const { world, here } = await apart();
  world.acme.site.people.edit('Ada', here, { summary: 'Printer explodes' });
  await endedWith(world, 'Printer explodes');
});

test('an answer to values that changed meanwhile is refused, and so is one to a conflict that is over', async () => {
  const { world, here } = await apart();
  const [old] = await open(world.globex);
  if (old === undefined) throw new Error('No conflict is open.');
  world.acme.site.people.edit('Ada', here, { summary: 'Printer glows' });
  await world.settle();
  const { pair, slot, version } = old;
  const request = { id: link, pair, slot, version, take: 'partner' as const };
  await expect(resolveConflict(world.globex.ports(), request)).rejects.toThrow(/changed/);
  await decide(world.globex, 'partner');
  await endedWith(world, 'Printer glows');
  await expect(resolveConflict(world.globex.ports(), request)).rejects.toThrow(/decided/);
});

test('an edit that the partner changed as well before it could leave is asked about, not lost', async () => {
  const { world, here, there } = await apart();
  await decide(world.acme, 'here');
  await endedWith(world, 'Printer burns');
  world.globex.site.people.edit('Grace', there, { summary: 'Printer rusts' });
  world.acme.site.people.edit('Ada', here, { summary: 'Printer melts' });
  await world.settle();
  expect(await open(world.acme)).toHaveLength(1);
  await decide(world.globex, 'here');
  await endedWith(world, 'Printer rusts');
});

test('a value that lost is kept with its issue and field, and comes back as an edit that travels', async () => {
  const world = await World.start();
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  await world.run();
  const twin = [...world.globex.site.issues.values()][0]?.id ?? '';
  world.acme.site.people.edit('Ada', issue.id, { summary: 'Printer burns' });
  world.clock.advance(5);
  world.globex.site.people.edit('Grace', twin, { summary: 'Printer explodes' });
  await endedWith(world, 'Printer explodes');
  // It is kept where the two met: the edit of acme reached globex before that of globex had left.
  const { entries } = await listOverwritten(world.globex.ports(), { id: link });
  const issueKey = world.globex.site.issues.get(twin)?.key;
  expect(entries).toMatchObject([
    { issueKey, label: 'Summary', side: 'partner', text: 'Printer burns', canRestore: true },
  ]);
  const { entry = '' } = entries[0] ?? {};
  await restoreOverwritten(world.globex.ports(), { id: link, entry });
  await endedWith(world, 'Printer burns');
  const unknown = { id: link, entry: 'unknown' };
  await expect(restoreOverwritten(world.acme.ports(), unknown)).rejects.toThrow(/kept/);
});

test('a decision against a value keeps that value too', async () => {
  const { world } = await apart();
  await decide(world.acme, 'here');
  await endedWith(world, 'Printer burns');
  const { entries } = await listOverwritten(world.globex.ports(), { id: link });
  expect(entries.map(({ text }) => text)).toEqual(['Printer explodes']);
});

test('with the synchronization goes what was kept', async () => {
  const { world } = await apart();
  await decide(world.acme, 'here');
  await endedWith(world, 'Printer burns');
  await dropConnectionData(world.globex.ports(), link);
  expect((await listOverwritten(world.globex.ports(), { id: link })).entries).toEqual([]);
});

test('what is written in the moment in which an answer is carried out comes back, and is asked about again', async () => {
  const { world, there } = await apart();
  const { site } = world.globex;
  let isDone = false;
  site.failure = (call) => {
    if (call !== 'writeIssue' || isDone) return undefined;
    isDone = true;
    site.people.edit('Grace', there, { summary: 'Printer melts' });
    return undefined;
  };
  await decide(world.globex, 'partner');
  await world.settle();
  expect(isDone).toBe(true);
  expect([summaryOf(world.acme), summaryOf(world.globex)]).toEqual(['Printer burns', 'Printer melts']);
  expect((await open(world.globex)).map(({ here, partner }) => [here.text, partner.text])).toEqual([
    ['Printer melts', 'Printer burns'],
  ]);
  await decide(world.acme, 'partner');
  await endedWith(world, 'Printer melts');
});

/** Somebody answers on acme while somebody edits on globex, and neither site has heard of the other's yet. */
async function crossing(choice: 'here' | 'partner'): Promise<World> {
  const { world, there } = await apart();
  world.mischief = { ...noMischief, fate: () => 'requestLost' };
  await decide(world.acme, choice);
  world.globex.site.people.edit('Grace', there, { summary: 'Printer explodes twice' });
  await world.run();
  expect((await open(world.globex))[0]?.here.text).toBe('Printer explodes twice');
  world.mischief = noMischief;
  return world;
}

test('an answer does not win over the edit of the value that was chosen, although both were told by then', async () => {
  await endedWith(await crossing('partner'), 'Printer explodes twice');
});

test('an answer against a value that was edited meanwhile is asked about again, although both were told by then', async () => {
  const world = await crossing('here');
  await world.settle();
  expect([summaryOf(world.acme), summaryOf(world.globex)]).toEqual([
    'Printer burns',
    'Printer explodes twice',
  ]);
  expect((await open(world.acme))[0]?.partner.text).toBe('Printer explodes twice');
  await decide(world.globex, 'partner');
  await endedWith(world, 'Printer burns');
});
