/** The decisions about epochs, line by line: what the partner's words say about the memory of both sites. */
import fc from 'fast-check';
import { countEpochs, judgeAck, judgeEpoch, nextEpoch, type OwnHead } from '#core/epoch/judge-epoch';
import type { Ack, Epoch } from '#core/protocol/envelope';

const chain = (letter: string): string => letter.repeat(64);
const first: Epoch = { n: 1, id: 'epoch-one' };
const second: Epoch = { n: 2, id: 'epoch-two', from: 300 };
const own: OwnHead = { ep: second, seq: 310, ch: chain('a'), acked: 305 };
const ack = (change: Partial<Ack>): Ack => ({
  ep: second,
  seq: 307,
  ch: chain('b'),
  done: 307,
  at: 9,
  ...change,
});

test.each([
  ['within what was sent', ack({}), 'fits'],
  ['of all that was sent', ack({ seq: 310, ch: chain('a') }), 'fits'],
  ['of all that was sent, with another content', ack({ seq: 310 }), 'ahead'],
  ['of more than was sent', ack({ seq: 311 }), 'ahead'],
  ['of less than was proved before', ack({ seq: 304 }), 'lower'],
  ['of nothing at all', undefined, 'lower'],
  ['of an epoch that is over', ack({ ep: first, seq: 120 }), 'late'],
  ['of an epoch that is over, in numbers of this one', ack({ ep: first, seq: 301 }), 'ahead'],
  ['of a later epoch that was forgotten', ack({ ep: { n: 3, id: 'epoch-three' } }), 'ahead'],
  ['of another epoch of the same number', ack({ ep: { n: 2, id: 'epoch-other' } }), 'ahead'],
])('an acknowledgement %s', (_what, told, verdict) => {
  expect(judgeAck(own, told)).toBe(verdict);
});

test('a partner that has said nothing yet of a young epoch has lost nothing', () => {
  expect(judgeAck({ ...own, seq: 300, acked: 300 }, undefined)).toBe('fits');
});

test.each([
  ['the first that is heard', undefined, second, 'first'],
  ['the same', { ep: second, seq: 310 }, { ...second }, 'same'],
  ['the next', { ep: first, seq: 120 }, second, 'newer'],
  ['the next, among numbers that are used', { ep: first, seq: 301 }, second, 'rival'],
  ['another one of the same number', { ep: second, seq: 310 }, { ...second, id: 'epoch-other' }, 'rival'],
  ['an earlier one', { ep: second, seq: 310 }, first, 'late'],
])('an epoch: %s', (_what, known, ep, verdict) => {
  expect(judgeEpoch(known, ep)).toBe(verdict);
});

test('the next epoch is later than all that either side has seen, also of what was forgotten', () => {
  fc.assert(
    fc.property(
      fc.record({ n: fc.integer({ min: 1, max: 50 }), seq: fc.nat(10_000), told: fc.nat(20_000) }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 60 }),
      fc.boolean(),
      (head, toldN, least, isOurs) => {
        const mine = { ep: { n: head.n, id: 'epoch-mine' }, seq: head.seq };
        const told = { ep: { n: toldN, id: 'epoch-told' }, seq: head.told };
        const next = nextEpoch(mine, told, { least, isOurs });
        expect(next.n).toBeGreaterThanOrEqual(least);
        expect(next.from).toBeGreaterThan(Math.max(head.seq, head.told));
        if (isOurs || least <= toldN) expect(next.n).toBeGreaterThan(Math.max(head.n, toldN));
      },
    ),
  );
});

test('following the partner takes its number, so that both stop there', () => {
  const mine = { ep: first, seq: 120 };
  expect(nextEpoch(mine, undefined, { least: 2, isOurs: false }).n).toBe(2);
});

test('nobody can push the numbers out of bounds', () => {
  const told = { ep: { n: 1, id: 'epoch-told' }, seq: Number.MAX_SAFE_INTEGER };
  expect(nextEpoch({ ep: first, seq: 5 }, told, { least: 0, isOurs: true }).from).toBeLessThan(2_000_000_000);
});

test('the seventh epoch within a day is a storm, and yesterday does not count', () => {
  const hour = 3_600_000;
  const six = [1, 2, 3, 4, 5, 6].map((one) => one * hour);
  expect(countEpochs(six, 7 * hour).isStorm).toBe(true);
  expect(countEpochs(six, 26 * hour)).toEqual({ opened: six.slice(2), isStorm: false });
});
