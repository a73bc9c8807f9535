/** Laws of the merge over random values: both sites agree, nothing that was added alone is lost, repeating changes nothing. */
import fc from 'fast-check';
import { equalValues } from '#core/merge/equal-values';
import { hashValues } from '#core/merge/hash-values';
import { mergeField } from '#core/merge/merge-field';
import { mergeLocal } from '#core/merge/merge-local';
import { mergeSet } from '#core/merge/merge-set';
import { normaliseAdf } from '#core/merge/normalise-adf';
import type { MergePolicy } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import { docOf, option, set, text } from '../../../support/values';

const seed = 20261121;
const words: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const elements = fc.uniqueArray(words, { maxLength: 5 });
const policies = fc.constantFrom<MergePolicy>('newest', 'primary', 'secondary');
const times = fc.record({ primary: fc.nat(3), secondary: fc.nat(3) });
const oneKind: fc.Arbitrary<[FieldValue | undefined, FieldValue, FieldValue]> = fc.oneof(
  triples(words.map(text)),
  triples(fc.option(words, { nil: null }).map(option)),
  triples(elements.map((list) => set(...list))),
  triples(fc.array(words, { maxLength: 6 }).map((lines) => docOf(...lines))),
);

function triples(
  value: fc.Arbitrary<FieldValue>,
): fc.Arbitrary<[FieldValue | undefined, FieldValue, FieldValue]> {
  return fc.tuple(fc.option(value, { nil: undefined }), value, value);
}

test('both sites come to the same value', () => {
  fc.assert(
    fc.property(oneKind, policies, times, ([base, primary, secondary], policy, at) => {
      const here = mergeLocal({
        role: 'primary',
        base,
        local: primary,
        partner: secondary,
        policy,
        times: { local: at.primary, partner: at.secondary },
      });
      const there = mergeLocal({
        role: 'secondary',
        base,
        local: secondary,
        partner: primary,
        policy,
        times: { local: at.secondary, partner: at.primary },
      });
      expect(here.value).toEqual(there.value);
    }),
    { seed, numRuns: 1_000 },
  );
});

test('merging again with the result as base changes nothing', () => {
  fc.assert(
    fc.property(oneKind, policies, times, ([base, primary, secondary], policy, at) => {
      const { value } = mergeField({ base, primary, secondary, policy, times: at });
      expect(mergeField({ base: value, primary: value, secondary: value, policy, times: at }).winner).toBe(
        'same',
      );
    }),
    { seed, numRuns: 500 },
  );
});

test('a value that loses is always handed back', () => {
  fc.assert(
    fc.property(oneKind, policies, times, ([base, primary, secondary], policy, at) => {
      const merged = mergeField({ base, primary, secondary, policy, times: at });
      const lost = [primary, secondary].filter(
        (value) => !equalValues(value, merged.value) && !equalValues(value, base ?? emptyOf(value)),
      );
      if (merged.winner === 'merged') return;
      expect(lost.every((value) => equalValues(value, merged.overwritten?.value))).toBe(true);
    }),
    { seed, numRuns: 1_000 },
  );
});

function emptyOf(value: FieldValue): FieldValue {
  return value.t === 'set' ? set() : value.t === 'text' ? text('') : ({ ...value, v: null } as FieldValue);
}

test('no element that one side added is lost, and none that both removed comes back', () => {
  fc.assert(
    fc.property(elements, elements, elements, (base, primary, secondary) => {
      const merged = mergeSet(base, primary, secondary);
      for (const element of [...primary, ...secondary]) {
        if (!base.includes(element)) expect(merged).toContain(element);
      }
      for (const element of merged) {
        expect(primary.includes(element) || secondary.includes(element)).toBe(true);
      }
      expect(mergeSet(base, secondary, primary)).toEqual(merged);
    }),
    { seed, numRuns: 1_000 },
  );
});

test('documents that mean the same are equal and have the same hash', () => {
  const plain = docOf('hello world');
  const noisy: FieldValue = {
    t: 'adf',
    v: {
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          attrs: { localId: '77' },
          marks: [],
          content: [
            { type: 'text', text: 'hello ', marks: [] },
            { type: 'text', text: '' },
            { type: 'text', text: 'world' },
          ],
        },
      ],
    },
  };
  expect(equalValues(plain, noisy)).toBe(true);
  expect(hashValues({ slot: plain })).toBe(hashValues({ slot: noisy }));
  expect(hashValues({ slot: plain })).not.toBe(hashValues({ slot: docOf('hello') }));
  expect(normaliseAdf({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [] }] })).toBeNull();
});
