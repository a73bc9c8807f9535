/** The digest tree: what is printed is read again, order does not matter, and every difference shows in its bucket. */
import fc from 'fast-check';
import {
  bucketOf,
  type Digest,
  differing,
  itemDigest,
  joinDigests,
  noDigest,
  printDigests,
  readDigests,
  rootOf,
} from '#core/drift/digest-tree';

const half = fc.integer({ min: 0, max: 2 ** 24 - 1 });
const digest = fc.tuple(half, half);

it('reads what it printed', () => {
  fc.assert(
    fc.property(fc.array(digest, { maxLength: 40 }), (digests) => {
      expect(readDigests(printDigests(digests))).toEqual(digests);
    }),
  );
});

it('joins in any order', () => {
  fc.assert(
    fc.property(fc.array(digest, { maxLength: 20 }), (digests) => {
      const join = (all: readonly Digest[]): Digest => all.reduce(joinDigests, noDigest);
      expect(join([...digests].reverse())).toEqual(join(digests));
    }),
  );
});

it('shows another value of one pair in the bucket of that pair and in the root', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => (index * 4_194_301).toString(16).padStart(32, '7'));
  const tops = (values: (id: string) => string): Digest[] => {
    const all = Array.from({ length: 256 }, () => noDigest);
    for (const id of ids) {
      const bucket = bucketOf(id) ?? 0;
      all[bucket] = joinDigests(all[bucket] ?? noDigest, itemDigest(id, values(id)));
    }
    return all;
  };
  const before = tops(() => 'same');
  const changed = ids[123] ?? '';
  const after = tops((id) => (id === changed ? 'other' : 'same'));
  expect(
    differing(
      before,
      tops(() => 'same'),
    ),
  ).toEqual([]);
  expect(differing(before, after)).toEqual([bucketOf(changed)]);
  expect(rootOf(before)).not.toBe(rootOf(after));
});

it('knows no bucket for an id that is no hash', () => {
  expect(bucketOf('-abc')).toBeUndefined();
  expect(bucketOf('zz12')).toBeUndefined();
  expect(bucketOf('ff12')).toBe(255);
});
