/** Links between issues that both have a twin cross exactly once, in either order of their issues, and go on both sites. */
import type { Mapping } from '#core/model/contract';
import { readProblems } from '#engine/ask/read-problems';
import { acmeFacts, bindingOf, contract, globexFacts, mapping } from './site-facts';
import { link, World } from './world';

async function world(links: Mapping['links']): Promise<World> {
  const made = new World(1, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: { ...contract, mappings: [links === undefined ? mapping : { ...mapping, links }] },
    bindings: (facts) => [bindingOf(facts)],
  });
  await made.connectBoth();
  return made;
}

function twinOf(made: World, summary: string): string {
  const found = [...made.globex.site.issues.values()].find(({ fields }) => fields['summary'] === summary);
  return found?.id ?? '';
}

test('a link crosses with its direction, from either site, and is removed on both', async () => {
  const made = await world('both');
  const { acme, globex } = { acme: made.acme.site, globex: made.globex.site };
  const one = acme.people.create('Ada', 'one');
  const two = acme.people.create('Ada', 'two');
  await made.settle();
  const blocks = acme.link('Ada', 'Blocks', one.id, two.id);
  await made.settle();
  expect(globex.linksShown()).toEqual(['Blocks one two']);
  expect(globex.calls['createLink']).toBe(1);

  globex.link('Grace', 'Relates', twinOf(made, 'two'), twinOf(made, 'one'));
  acme.unlink('Ada', blocks);
  await made.settle();
  expect(globex.linksShown()).toEqual(['Relates two one']);
  expect(acme.linksShown()).toEqual(['Relates two one']);
});

test('the partner of a link may remove it', async () => {
  const made = await world('both');
  const one = made.acme.site.people.create('Ada', 'one');
  const two = made.acme.site.people.create('Ada', 'two');
  made.acme.site.link('Ada', 'Blocks', one.id, two.id);
  await made.settle();
  const copy = made.globex.site.link('Grace', 'Blocks', twinOf(made, 'one'), twinOf(made, 'two'));
  made.globex.site.unlink('Grace', copy);
  await made.settle();
  expect([made.acme.site.linksShown(), made.globex.site.linksShown()]).toEqual([[], []]);
});

test.each([
  ['first', ['one', 'two']],
  ['last', ['two', 'one']],
])('the issue from which it points gets its twin %s', async (_when, order) => {
  const made = await world('both');
  const ids: Record<string, string> = {};
  for (const name of order) ids[name] = made.acme.site.people.create('Ada', name).id;
  made.acme.site.link('Ada', 'Blocks', ids['one'] ?? '', ids['two'] ?? '');
  await made.settle();
  expect(made.globex.site.linksShown()).toEqual(['Blocks one two']);
});

test('both sites make the same link at once: it stays one', async () => {
  const made = await world('both');
  const one = made.acme.site.people.create('Ada', 'one');
  const two = made.acme.site.people.create('Ada', 'two');
  await made.settle();
  made.acme.site.link('Ada', 'Blocks', one.id, two.id);
  made.globex.site.link('Grace', 'Blocks', twinOf(made, 'one'), twinOf(made, 'two'));
  await made.settle();
  expect([made.acme.site.linksShown(), made.globex.site.linksShown()]).toEqual([
    ['Blocks one two'],
    ['Blocks one two'],
  ]);
});

test('an end that cannot be seen any more is no removed link', async () => {
  const made = await world('both');
  const one = made.acme.site.people.create('Ada', 'one');
  const two = made.acme.site.people.create('Ada', 'two');
  made.acme.site.link('Ada', 'Blocks', one.id, two.id);
  await made.settle();
  two.visible = false;
  made.acme.site.people.edit('Ada', one.id, { summary: 'one again' });
  await made.settle();
  expect(made.globex.site.linksShown()).toEqual(['Blocks one again two']);
});

test('an answer that is lost makes no second link, and a crash neither', async () => {
  const made = await world('both');
  const one = made.acme.site.people.create('Ada', 'one');
  const two = made.acme.site.people.create('Ada', 'two');
  await made.settle();
  let losses = 1;
  made.globex.site.losesAnswer = (call) => call === 'createLink' && losses-- > 0;
  made.acme.site.link('Ada', 'Blocks', one.id, two.id);
  await made.settle();
  expect(made.globex.site.linksShown()).toEqual(['Blocks one two']);
});

test('a link type that is not there waits with its reason, on both sites, and nothing else', async () => {
  const made = await world('both');
  const one = made.acme.site.people.create('Ada', 'one');
  const two = made.acme.site.people.create('Ada', 'two');
  await made.settle();
  made.acme.site.link('Ada', 'Causes', one.id, two.id);
  made.acme.site.link('Ada', 'Relates', one.id, two.id);
  await made.settle();
  expect(made.globex.site.linksShown()).toEqual(['Relates one two']);
  for (const side of [made.acme, made.globex]) {
    const { problems } = await readProblems(side.ports(), { id: link });
    expect(problems).toMatchObject([
      { what: 'Link "Causes"', reason: "No issue link type with name 'Causes' found." },
    ]);
  }
});

test.each([undefined, 'off', 'toPrimary'] as const)(
  'nothing leaves where the agreement says %s',
  async (links) => {
    const made = await world(links);
    const one = made.acme.site.people.create('Ada', 'one');
    const two = made.acme.site.people.create('Ada', 'two');
    made.acme.site.link('Ada', 'Blocks', one.id, two.id);
    await made.settle();
    expect(made.globex.site.linksShown()).toEqual([]);
    expect(made.globex.site.calls['createLink']).toBeUndefined();
  },
);
