/** The merge, row by row: each row is a sentence, is also run with the roles swapped, and must be stable when run again. */
import { equalValues } from '#core/merge/equal-values';
import { type MergeRequest, mergeField } from '#core/merge/merge-field';
import type { MergePolicy } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import { docOf, option, set, text } from '../../../support/values';

interface MergeRow {
  what: string;
  base: FieldValue | undefined;
  primary: FieldValue;
  secondary: FieldValue;
  policies?: MergePolicy[];
  /** Which side changed last; equal when left out. */
  later?: 'primary' | 'secondary';
  value: FieldValue;
  winner: 'primary' | 'secondary' | 'same' | 'merged';
  overwritten?: 'primary' | 'secondary';
}

const all: MergePolicy[] = ['newest', 'primary', 'secondary'];
const [red, green, blue] = [option('red'), option('green'), option('blue')];

const rows: MergeRow[] = [
  { what: 'nobody changed anything', base: red, primary: red, secondary: red, value: red, winner: 'same' },
  {
    what: 'both changed it to the same',
    base: red,
    primary: blue,
    secondary: blue,
    value: blue,
    winner: 'same',
  },
  {
    what: 'only the primary changed it',
    base: red,
    primary: blue,
    secondary: red,
    value: blue,
    winner: 'primary',
  },
  {
    what: 'only the primary emptied it',
    base: red,
    primary: option(null),
    secondary: red,
    value: option(null),
    winner: 'primary',
  },
  {
    what: 'never agreed, and only the primary has a value',
    base: undefined,
    primary: red,
    secondary: option(null),
    value: red,
    winner: 'primary',
  },
  {
    what: 'both changed it apart and the primary wins by policy',
    base: red,
    primary: blue,
    secondary: green,
    policies: ['primary'],
    later: 'secondary',
    value: blue,
    winner: 'primary',
    overwritten: 'secondary',
  },
  {
    what: 'both changed it apart and the newest wins',
    base: text('a'),
    primary: text('b'),
    secondary: text('c'),
    policies: ['newest'],
    later: 'primary',
    value: text('b'),
    winner: 'primary',
    overwritten: 'secondary',
  },
  {
    what: 'labels added on both sides are all kept',
    base: set('x'),
    primary: set('x', 'a'),
    secondary: set('x', 'b'),
    value: set('a', 'b', 'x'),
    winner: 'merged',
  },
  {
    what: 'a label removed here and one added there both count',
    base: set('x', 'y'),
    primary: set('x'),
    secondary: set('x', 'y', 'z'),
    value: set('x', 'z'),
    winner: 'merged',
  },
  {
    what: 'paragraphs edited apart are both kept',
    base: docOf('one', 'two', 'three'),
    primary: docOf('ONE', 'two', 'three'),
    secondary: docOf('one', 'two', 'THREE'),
    value: docOf('ONE', 'two', 'THREE'),
    winner: 'merged',
  },
  {
    what: 'paragraphs added at both ends are both kept',
    base: docOf('one', 'two'),
    primary: docOf('zero', 'one', 'two'),
    secondary: docOf('one', 'two', 'three'),
    value: docOf('zero', 'one', 'two', 'three'),
    winner: 'merged',
  },
  {
    what: 'the same paragraph edited twice goes by the policy, other paragraphs are kept',
    base: docOf('one', 'two', 'three'),
    primary: docOf('mine', 'two', 'three'),
    secondary: docOf('yours', 'two', 'four'),
    policies: ['primary'],
    value: docOf('mine', 'two', 'four'),
    winner: 'merged',
    overwritten: 'secondary',
  },
  {
    what: 'a text emptied on one side and edited on the other goes by the policy',
    base: docOf('one'),
    primary: docOf(),
    secondary: docOf('two'),
    policies: ['primary'],
    value: docOf(),
    winner: 'merged',
    overwritten: 'secondary',
  },
];

function request(row: MergeRow, policy: MergePolicy): MergeRequest {
  const times = { primary: row.later === 'primary' ? 2 : 1, secondary: row.later === 'secondary' ? 2 : 1 };
  return { base: row.base, primary: row.primary, secondary: row.secondary, policy, times };
}

function mirror(question: MergeRequest): MergeRequest {
  const policy = { newest: 'newest', primary: 'secondary', secondary: 'primary', ask: 'ask' } as const;
  return {
    base: question.base,
    primary: question.secondary,
    secondary: question.primary,
    policy: policy[question.policy],
    times: { primary: question.times.secondary, secondary: question.times.primary },
  };
}

const other = { primary: 'secondary', secondary: 'primary', same: 'same', merged: 'merged' } as const;

describe.each(rows)('when $what', (row) => {
  for (const policy of row.policies ?? all) {
    test(`by the policy ${policy}`, () => {
      const merged = mergeField(request(row, policy));
      expect(merged.value).toEqual(row.value);
      expect(merged.winner).toBe(row.winner);
      expect(merged.overwritten?.side).toBe(row.overwritten);
    });

    test(`with the roles swapped (${policy})`, () => {
      const merged = mergeField(mirror(request(row, policy)));
      expect(merged.value).toEqual(row.value);
      expect(merged.winner).toBe(other[row.winner]);
      expect(merged.overwritten?.side).toBe(row.overwritten && other[row.overwritten]);
    });

    test(`and again on its own result (${policy})`, () => {
      const { value } = mergeField(request(row, policy));
      const again = mergeField({ ...request(row, policy), base: value, primary: value, secondary: value });
      expect(again.winner).toBe('same');
      expect(equalValues(again.value, value)).toBe(true);
    });
  }
});

test('equal times go to the primary', () => {
  const merged = mergeField({
    base: red,
    primary: green,
    secondary: blue,
    policy: 'newest',
    times: { primary: 5, secondary: 5 },
  });
  expect(merged).toEqual({
    value: green,
    winner: 'primary',
    overwritten: { side: 'secondary', value: blue },
  });
});
