/** From what a merge starts after a loss of memory: a table of who held what, and when. */
import type { FieldValue, SlotValues } from '#core/model/value';
import { crossedBase, recalledBase, withoutKept } from '#core/reconcile/recalled-base';
import { hashOfPast } from '#core/reconcile/seen-before';

const text = (v: string): FieldValue => ({ t: 'text', v });
const set = (...v: string[]): FieldValue => ({ t: 'set', v });
const slot = 's';
const of = (value: FieldValue | undefined): SlotValues => (value === undefined ? {} : { [slot]: value });

interface Row {
  what: string;
  base?: FieldValue;
  mine: FieldValue;
  theirs: FieldValue;
  /** What both issues held before, the latest first. */
  myPast?: FieldValue[];
  theirPast?: FieldValue[];
  isUntouched?: boolean;
  isByApp?: boolean;
  start: FieldValue | undefined;
}

const rows: Row[] = [
  {
    what: 'their edit of what both had',
    base: text('a'),
    mine: text('a'),
    theirs: text('b'),
    start: text('a'),
  },
  {
    what: 'our edit of what both had',
    base: text('a'),
    mine: text('b'),
    theirs: text('a'),
    myPast: [text('a')],
    start: text('a'),
  },
  {
    what: 'they wrote over what we still have, and no base is known',
    mine: text('a'),
    theirs: text('b'),
    theirPast: [text('a')],
    start: text('a'),
  },
  {
    what: 'we wrote over what they still have, although we are taken to have agreed',
    base: text('b'),
    mine: text('b'),
    theirs: text('a'),
    myPast: [text('a')],
    start: text('a'),
  },
  {
    what: 'what they take for agreed was never written here',
    base: text('b'),
    mine: text('c'),
    theirs: text('b'),
    myPast: [text('a')],
    start: undefined,
  },
  {
    what: 'nobody ever changed ours',
    base: set('x'),
    mine: set(),
    theirs: set('x'),
    isUntouched: true,
    start: set(),
  },
  {
    what: 'an element that was taken away stood like that before',
    base: set('x', 'y'),
    mine: set('x'),
    theirs: set('x', 'y', 'z'),
    myPast: [set('x', 'y'), set('x')],
    theirPast: [set('x', 'z'), set('x')],
    start: set('x', 'y'),
  },
  {
    what: 'an element that the app wrote here, and that was taken away there',
    base: set(),
    mine: set('x'),
    theirs: set(),
    myPast: [set()],
    theirPast: [set('x'), set()],
    isByApp: true,
    start: set('x'),
  },
  {
    what: 'both changed it apart from what stood in both',
    mine: set('x', 'y'),
    theirs: set('z'),
    myPast: [set('x')],
    theirPast: [set(), set('x'), set()],
    start: set('x'),
  },
];

test.each(rows)(
  '$what',
  ({ base, mine, theirs, myPast = [], theirPast = [], isUntouched = false, isByApp = false, start }) => {
    const found = recalledBase(of(base), of(mine), of(theirs), {
      theirs: { [slot]: theirPast.map(hashOfPast) },
      recent: () => myPast,
      all: () => myPast,
      isByPerson: () => !isByApp,
      isUntouched: () => isUntouched,
    });
    expect(found[slot]).toEqual(start);
  },
);

test('where both told their states, both come to the same start', () => {
  const [older, newer] = [text('a'), text('b')];
  const saw = { [slot]: [hashOfPast(older)] };
  expect(crossedBase(of(older), of(newer), { mine: {}, theirs: saw })).toEqual(of(older));
  expect(crossedBase(of(newer), of(older), { mine: saw, theirs: {} })).toEqual(of(older));
  expect(crossedBase(of(older), of(newer), { mine: { [slot]: [hashOfPast(newer)] }, theirs: saw })).toEqual(
    {},
  );
});

test('what only the partner may send is no news where people here wrote over it', () => {
  const past = {
    theirs: {},
    recent: () => [],
    all: () => [text('a')],
    isByPerson: () => true,
    isUntouched: () => false,
  };
  expect(withoutKept(of(text('a')), of(text('b')), of(text('a')), past)).toEqual({});
  expect(withoutKept(of(text('a')), of(text('b')), of(text('c')), past)).toEqual(of(text('c')));
  expect(withoutKept({}, of(text('b')), of(text('a')), past)).toEqual(of(text('a')));
});
