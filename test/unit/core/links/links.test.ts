/** Links as a set, and as Jira lists them. */
import fc from 'fast-check';
import { changeLinks, compareLinks, linkKey } from '#core/links/compare-links';
import { readLinks } from '#core/links/read-links';

const link = fc.record({
  type: fc.constantFrom('Blocks', 'blocks', 'Relates'),
  to: fc.constantFrom('pair0001', 'pair0002'),
});
const links = fc.array(link, { maxLength: 6 });
const keys = (all: { type: string; to: string }[]) => [...new Set(all.map(linkKey))].sort();

test('what changed, carried out on what was agreed, makes what is there', () => {
  fc.assert(
    fc.property(links, links, (agreed, now) => {
      const { added, missing } = compareLinks(agreed, now);
      const after = changeLinks(agreed, { add: added, remove: missing });
      expect(keys(after)).toEqual(keys(now));
      // A repeat changes nothing.
      expect(changeLinks(after, { add: added, remove: missing })).toEqual(after);
    }),
  );
});

test('a link is read with its direction; what Jira hides of it is left out', () => {
  const type = { name: 'Blocks' };
  expect(
    readLinks([
      { id: '1', type, outwardIssue: { id: '10' } },
      { id: '2', type, inwardIssue: { id: '11' } },
      { id: '3', type },
    ]),
  ).toEqual([
    { id: '1', type: 'Blocks', other: '10', away: true },
    { id: '2', type: 'Blocks', other: '11', away: false },
  ]);
});

test.each([undefined, null, 'no list', [{ id: 1 }], [{ id: '1', type: {} }]])(
  'what is no list of links says nothing: %j',
  (raw) => {
    expect(readLinks(raw)).toBeUndefined();
  },
);
