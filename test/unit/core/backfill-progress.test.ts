/** Progress of a backfill: counted is what arrived, and the estimate grows while nothing moves. */
import { countThere, estimate, notePace, stillSent, withinPoints } from '#core/backfill/progress';

const minute = 60_000;

test('pages on their way do not count', () => {
  const sent = [
    { seq: 10, size: 50 },
    { seq: 25, size: 50 },
  ];
  expect(countThere(100, sent, 9)).toBe(0);
  expect(countThere(100, sent, 10)).toBe(50);
  expect(countThere(100, sent, 25)).toBe(100);
  expect(stillSent(sent, 12)).toEqual([{ seq: 25, size: 50 }]);
});

test('moments without news are not kept, and only the newest few are', () => {
  let pace = notePace([], { at: 0, there: 0 });
  pace = notePace(pace, { at: 5, there: 0 });
  expect(pace).toEqual([{ at: 0, there: 0 }]);
  for (let count = 1; count < 20; count += 1) pace = notePace(pace, { at: count, there: count });
  expect(pace).toHaveLength(6);
  expect(pace.at(-1)).toEqual({ at: 19, there: 19 });
});

test('nothing is foretold before two moments are known', () => {
  expect(estimate([], 100, 0)).toBe(undefined);
  expect(estimate([{ at: 0, there: 0 }], 100, minute)).toBe(undefined);
});

test('a steady pace gives one figure, an unsteady one a range', () => {
  const steady = [0, 1, 2, 3].map((count) => ({ at: count * minute, there: count * 50 }));
  expect(estimate(steady, 300, 3 * minute)).toEqual({
    perHour: 3_000,
    left: { from: 6 * minute, to: 6 * minute },
  });
  const slower = [...steady, { at: 8 * minute, there: 200 }];
  const told = estimate(slower, 300, 8 * minute);
  expect(told?.left).toEqual({ from: 12 * minute, to: 30 * minute });
});

test('while nothing moves the end moves away', () => {
  const pace = [
    { at: 0, there: 0 },
    { at: minute, there: 50 },
  ];
  const soon = estimate(pace, 100, 2 * minute)?.left.to ?? 0;
  const late = estimate(pace, 100, 60 * minute)?.left.to ?? 0;
  expect(soon).toBe(2 * minute);
  expect(late).toBeGreaterThan(50 * minute);
});

test.each([
  ['all fits into this hour', 1_000, { perHour: 9_100, left: 5_000 }, { perHour: 6_000, from: 600, to: 900 }],
  [
    'half of it has to wait for the next hour',
    4_550,
    { perHour: 9_100, left: 4_550 },
    { perHour: 4_550, from: 1_800, to: 1_800 },
  ],
  ['days of it', 455_000, { perHour: 9_100, left: 0 }, { perHour: 4_550, from: 360_000, to: 360_000 }],
])('an estimate is not shorter than the points allow: %s', (_name, left, points, wanted) => {
  const told = { perHour: 6_000, left: { from: 600_000, to: 900_000 } };
  const { perHour, from, to } = wanted;
  expect(withinPoints(told, left, points)).toEqual({ perHour, left: { from: from * 1_000, to: to * 1_000 } });
});
