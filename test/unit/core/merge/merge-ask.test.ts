/** The policy `ask`: what merges by itself still does, and all else is left to a person, on both sites alike. */
import fc from 'fast-check';
import { equalValues } from '#core/merge/equal-values';
import { mergeField } from '#core/merge/merge-field';
import { mergeLocal } from '#core/merge/merge-local';
import { mergeSlots } from '#core/merge/merge-slots';
import type { ContractField } from '#core/model/contract';
import { docOf, option, set, text } from '../../../support/values';

const seed = 20261121;
const times = { primary: 5, secondary: 9 };
const field: ContractField = { id: 's', kind: 'summary', label: 'S', direction: 'both', policy: 'ask' };

test.each([
  ['one side changed it', text('a'), text('b'), text('a'), undefined],
  ['both changed it to the same', text('a'), text('b'), text('b'), undefined],
  ['both changed it apart', text('a'), text('b'), text('c'), true],
  ['one emptied it, the other changed it', option('a'), option(null), option('b'), true],
  ['both changed the set', set('a'), set('a', 'b'), set('c'), undefined],
  ['different paragraphs', docOf('1', '2', '3'), docOf('x', '2', '3'), docOf('1', '2', 'z'), undefined],
  ['the same paragraph', docOf('1', '2'), docOf('x', '2'), docOf('y', '2'), true],
])('%s', (_what, base, primary, secondary, asks) => {
  const merged = mergeField({ base, primary, secondary, policy: 'ask', times });
  expect(merged.asks).toBe(asks);
  expect(merged.overwritten).toBeUndefined();
});

const word = fc.constantFrom('a', 'b', 'c').map(text);

test('both sites ask at the same time, whichever roles they have, and never after they are equal', () => {
  fc.assert(
    fc.property(fc.option(word, { nil: undefined }), word, word, (base, one, two) => {
      const at = { local: 1, partner: 2 };
      const here = mergeLocal({ role: 'primary', base, local: one, partner: two, policy: 'ask', times: at });
      const there = mergeLocal({
        role: 'secondary',
        base,
        local: two,
        partner: one,
        policy: 'ask',
        times: { local: 2, partner: 1 },
      });
      const swapped = mergeLocal({
        role: 'secondary',
        base,
        local: one,
        partner: two,
        policy: 'ask',
        times: at,
      });
      expect(here.asks).toBe(there.asks);
      expect(here.asks).toBe(swapped.asks);
      expect(equalValues(here.value, there.value)).toBe(true);
      if (equalValues(one, two)) expect(here.asks).toBeUndefined();
    }),
    { seed, numRuns: 500 },
  );
});

test('answers to a conflict: of two the primary holds, one against an unseen edit is asked again', () => {
  const merge = (resolved: { primary: string[]; secondary: string[] }) =>
    mergeSlots({
      base: { s: text('b') },
      primary: { s: text('p') },
      secondary: { s: text('q') },
      fields: [field],
      times: () => times,
      resolved,
    });
  expect(merge({ primary: ['s'], secondary: ['s'] })).toEqual({
    values: { s: text('p') },
    overwritten: [{ slot: 's', side: 'secondary', value: text('q') }],
    asked: [],
  });
  expect(merge({ primary: [], secondary: ['s'] })).toEqual({ values: {}, overwritten: [], asked: ['s'] });
  expect(merge({ primary: ['s'], secondary: [] }).asked).toEqual(['s']);
});

test('change times of single slots decide, not those of the issue', () => {
  const one = { ...field, id: 'one', policy: 'newest' as const };
  const two = { ...field, id: 'two', policy: 'newest' as const };
  const { values } = mergeSlots({
    base: { one: text('a'), two: text('a') },
    primary: { one: text('p'), two: text('p') },
    secondary: { one: text('s'), two: text('s') },
    fields: [one, two],
    times: (slot) => (slot === 'one' ? { primary: 9, secondary: 1 } : { primary: 1, secondary: 9 }),
  });
  expect(values).toEqual({ one: text('p'), two: text('s') });
});
