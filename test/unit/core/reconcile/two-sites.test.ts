/** Random lives of one pair: whatever two sites do at whatever time, they end equal, or with a named value that waits. */
import fc from 'fast-check';
import { hashValues } from '#core/merge/hash-values';
import type { ContractField, Direction, MergePolicy } from '#core/model/contract';
import type { FieldValue, SlotValues } from '#core/model/value';
import { agreedHash } from '#core/reconcile/agreed-values';
import { docOf, option, set, text } from '../../../support/values';
import { Side, sameEverywhere, settleBoth } from './two-sites';

const seed = 20261121;
const slots = ['summary', 'body', 'labels', 'priority'] as const;
const start: SlotValues = {
  summary: text('start'),
  body: docOf('one', 'two', 'three'),
  labels: set('x'),
  priority: option('high'),
};

function fieldsWith(policy: MergePolicy, direction: Direction = 'both'): ContractField[] {
  const kinds = { summary: 'summary', body: 'richText', labels: 'labels', priority: 'priority' } as const;
  return slots.map((id) => ({ id, kind: kinds[id], label: id, direction, policy }));
}

const word = fc.constantFrom('a', 'b', 'c', 'd');
const editOf: fc.Arbitrary<[string, FieldValue]> = fc.oneof(
  word.map((w): [string, FieldValue] => ['summary', text(w)]),
  fc.array(word, { maxLength: 4 }).map((lines): [string, FieldValue] => ['body', docOf(...lines)]),
  fc.uniqueArray(word, { maxLength: 4 }).map((list): [string, FieldValue] => ['labels', set(...list)]),
  fc.option(word, { nil: null }).map((v): [string, FieldValue] => ['priority', option(v)]),
);
type Step =
  | { do: 'resolve'; on: 'primary' | 'secondary'; what: [string, FieldValue] }
  | { do: 'edit'; on: 'primary' | 'secondary'; what: [string, FieldValue] }
  | { do: 'capture' | 'deliver'; on: 'primary' | 'secondary' };
const side = fc.constantFrom('primary' as const, 'secondary' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), on: side, what: editOf }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('capture' as const, 'deliver' as const), on: side }),
  },
);
const policies = fc.constantFrom<MergePolicy>('newest', 'primary', 'secondary');

/** Plays the steps; `ackOf` says how much the other side may be told to have applied at this moment. */
function play(sides: { primary: Side; secondary: Side }, steps: Step[]): void {
  let now = 1;
  for (const one of steps) {
    const mine = sides[one.on];
    const theirs = sides[one.on === 'primary' ? 'secondary' : 'primary'];
    now += 1;
    if (one.do === 'resolve') {
      mine.resolve(one.what[0], one.what[1]);
    } else if (one.do === 'edit') {
      mine.edit(one.what[0], one.what[1], now);
    } else if (one.do === 'capture') {
      // Honest acknowledgement: only usable when nothing that the partner sent is still on its way.
      mine.capture(theirs.sent.length === 0 ? theirs.applied : 0);
    } else {
      const next = mine.sent.shift();
      if (next !== undefined) theirs.receive(next);
    }
  }
}

test('two sites that take everything end equal, without asking for full states and without an echo', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), policies, (steps, policy) => {
      const sides = {
        primary: new Side('primary', fieldsWith(policy), start),
        secondary: new Side('secondary', fieldsWith(policy), start),
      };
      play(sides, steps);
      expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
      for (const slot of slots) expect(sameEverywhere(sides.primary, sides.secondary, slot)).toBe(true);
      expect(hashValues(sides.primary.pair.base)).toBe(hashValues(sides.secondary.pair.base));
      expect(hashValues(sides.primary.pair.base)).toBe(hashValues(sides.primary.local));
      expect(sides.primary.asked + sides.secondary.asked).toBe(0);
      const writes = sides.primary.writes + sides.secondary.writes;
      expect(settleBoth(sides.primary, sides.secondary)).toBe(1);
      expect(sides.primary.writes + sides.secondary.writes).toBe(writes);
    }),
    { seed, numRuns: 600 },
  );
});

const stepOrAnswer = fc.oneof(
  { weight: 8, arbitrary: step },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resolve' as const), on: side, what: editOf }) },
);

test('where a person decides: each side keeps its own, both show the same, and any answer ends it on both', () => {
  let conflicts = 0;
  fc.assert(
    fc.property(
      fc.array(stepOrAnswer, { maxLength: 60 }),
      fc.array(fc.tuple(side, editOf), { maxLength: 6 }),
      (steps, answers) => {
        const sides = {
          primary: new Side('primary', fieldsWith('ask'), start),
          secondary: new Side('secondary', fieldsWith('ask'), start),
        };
        play(sides, steps);
        expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
        conflicts += expectMirrored(sides);
        for (const [on, [slot, value]] of answers) sides[on].resolve(slot, value);
        expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
        for (const slot of slots) sides.primary.resolve(slot, start[slot] as FieldValue);
        expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
        for (const slot of slots) expect(sameEverywhere(sides.primary, sides.secondary, slot)).toBe(true);
        expect(sides.primary.pair.conflicts).toBeUndefined();
        expect(sides.secondary.pair.conflicts).toBeUndefined();
        expect(hashValues(sides.primary.pair.base)).toBe(hashValues(sides.secondary.pair.base));
      },
    ),
    { seed, numRuns: 600 },
  );
  expect(conflicts).toBeGreaterThan(50);
});

/** Every difference is a conflict on both sides, which show the same two values; how many there are. */
function expectMirrored({ primary, secondary }: { primary: Side; secondary: Side }): number {
  for (const slot of slots) {
    const here = primary.pair.conflicts?.[slot];
    const there = secondary.pair.conflicts?.[slot];
    expect(here === undefined).toBe(there === undefined);
    expect(here === undefined).toBe(sameEverywhere(primary, secondary, slot));
    if (here === undefined || there === undefined) continue;
    expect([here.mine.value, here.theirs.value]).toEqual([there.theirs.value, there.mine.value]);
    expect(here.mine.value).toEqual(primary.local[slot]);
    expect(there.mine.value).toEqual(secondary.local[slot]);
  }
  return Object.keys(primary.pair.conflicts ?? {}).length;
}

test('where a Jira refuses values, both sites stay in step and every difference waits with a reason', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), policies, word, word, (steps, policy, never, nor) => {
      const sides = {
        primary: new Side('primary', fieldsWith(policy), start),
        secondary: new Side('secondary', fieldsWith(policy), start),
      };
      sides.secondary.refuses = (_slot, value) => JSON.stringify(value).includes(`"${never}"`);
      sides.primary.refuses = (_slot, value) => JSON.stringify(value).includes(`"${nor}"`);
      play(sides, steps);
      expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
      for (const slot of slots) {
        const waits =
          sides.primary.pair.held[slot] !== undefined || sides.secondary.pair.held[slot] !== undefined;
        expect(waits || sameEverywhere(sides.primary, sides.secondary, slot)).toBe(true);
      }
      const named = [...slots];
      expect(agreedHash(sides.primary.pair, named)).toBe(agreedHash(sides.secondary.pair, named));
    }),
    { seed, numRuns: 600 },
  );
});

test('after one side lost its memory of the pair, full states bring both together again', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), policies, side, editOf, (steps, policy, who, last) => {
      const sides = {
        primary: new Side('primary', fieldsWith(policy), start),
        secondary: new Side('secondary', fieldsWith(policy), start),
      };
      play(sides, steps);
      settleBoth(sides.primary, sides.secondary);
      sides[who].pair = { ...sides[who].pair, base: { ...start, summary: text('restored') }, held: {} };
      sides.primary.edit(last[0], last[1], 1_000);
      sides.secondary.edit('summary', text('z'), 1_001);
      expect(settleBoth(sides.primary, sides.secondary)).toBeLessThan(100);
      for (const slot of slots) expect(sameEverywhere(sides.primary, sides.secondary, slot)).toBe(true);
    }),
    { seed, numRuns: 400 },
  );
});

test('where only the primary may change, the secondary takes it and never sends', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const fields = fieldsWith('newest', 'toSecondary');
      const sides = {
        primary: new Side('primary', fields, start),
        secondary: new Side('secondary', fields, start),
      };
      play(sides, steps);
      settleBoth(sides.primary, sides.secondary);
      expect(sides.secondary.seq).toBe(0);
      // Once more changed by the primary, every slot is the same on both, whatever the secondary did to it.
      sides.primary.edit('summary', text('final'), 2_000);
      settleBoth(sides.primary, sides.secondary);
      expect(sides.secondary.local['summary']).toEqual(text('final'));
    }),
    { seed, numRuns: 300 },
  );
});
