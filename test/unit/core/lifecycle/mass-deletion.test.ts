/** When ends of issues are passed on, when they wait, and when they stop everything. */
import fc from 'fast-check';
import { decideEnds, mostOrdinary, noEnds, noteEnds } from '#core/lifecycle/mass-deletion';

const second = 1_000;
const minute = 60 * second;
const now = 1_800_000_000_000;
const many = (count: number, at: number): number[] => Array.from({ length: count }, () => at);

describe('mass deletion', () => {
  test.each([
    { pairs: 0, most: 10 },
    { pairs: 200, most: 10 },
    { pairs: 201, most: 11 },
    { pairs: 10_000, most: 500 },
  ])('$most of $pairs pairs are ordinary', ({ pairs, most }) => {
    expect(mostOrdinary(pairs)).toBe(most);
  });

  test.each([
    { name: 'just noted', noted: [now], kind: 'wait' },
    { name: 'noted a while ago', noted: [now - 20 * second], kind: 'go' },
    { name: 'another one came meanwhile', noted: [now - 50 * second, now - second], kind: 'wait' },
    { name: 'others keep coming, but it has waited long', noted: [now - 5 * minute, now], kind: 'go' },
    { name: 'as many as are ordinary', noted: many(10, now - minute), kind: 'go' },
    { name: 'one more', noted: many(11, now - minute), kind: 'brake' },
    { name: 'one more, just noted', noted: many(11, now), kind: 'brake' },
  ])('$name: $kind', ({ noted, kind }) => {
    expect(decideEnds({ noted, window: noEnds, pairs: 0, now }).kind).toBe(kind);
  });

  test('what was passed on within the hour counts, what is older does not', () => {
    const window = noteEnds(noEnds, 8, now);
    const noted = many(3, now + 20 * minute);
    const ask = (at: number) => decideEnds({ noted, window, pairs: 0, now: at }).kind;
    expect(ask(now + 30 * minute)).toBe('brake');
    expect(ask(now + 65 * minute)).toBe('go');
  });

  test('whatever happens, no hour has more than what is ordinary and one span', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 20 * minute }), count: fc.integer({ min: 1, max: 12 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let at = now;
        let window = noEnds;
        const gone: { at: number; count: number }[] = [];
        for (const { after, count } of all) {
          at += after;
          const decision = decideEnds({ noted: many(count, at - minute), window, pairs: 0, now: at });
          if (decision.kind !== 'go') continue;
          window = noteEnds(window, count, at);
          gone.push({ at, count });
          const hour = gone.filter((one) => one.at > at - 55 * minute);
          expect(hour.reduce((sum, one) => sum + one.count, 0)).toBeLessThanOrEqual(10);
          expect(window.spans.length).toBeLessThanOrEqual(13);
        }
      }),
    );
  });
});
