/** Who may take points of the hour, who waits, and until when. */
import * as fc from 'fast-check';
import {
  askForBlock,
  type BlockAsk,
  type HourBudget,
  hourEnd,
  hourMs,
  hourOf,
  type Lane,
  type Seen,
} from '#core/governor/hour-budget';

const now = 490_000 * hourMs + 600_000;
const ask: BlockAsk = { connection: 'a', lane: 'live', points: 200, now, share: 0.2 };
const share = 13_000;

function spent(taken: HourBudget['taken'], seen?: Partial<Seen>): HourBudget {
  const full: Seen = { at: now - 1_000, limit: 65_000, remaining: 54_000, isOwn: false, ...seen };
  return { hour: hourOf(now), taken, ...(seen === undefined ? {} : { seen: full }) };
}
const took = (live: number, background = 0, askedAt?: number) => ({ live, background, askedAt });

function untilOf(budget: HourBudget | undefined, change: Partial<BlockAsk>): number | 'granted' {
  const answer = askForBlock(budget, { ...ask, ...change });
  return answer.kind === 'granted' ? 'granted' : answer.until - now;
}
const end = hourEnd(now) - now;

test.each<[string, HourBudget | undefined, Partial<BlockAsk>, number | 'granted']>([
  ['the first block of all', undefined, {}, 'granted'],
  ['what is live, within the share', spent({ a: took(share - 200) }), {}, 'granted'],
  [
    'what is live, beyond the share, while nobody says that enough is left',
    spent({ a: took(share) }),
    {},
    end,
  ],
  [
    'what is live, beyond the share, while enough is left for all',
    spent({ a: took(share) }, {}),
    {},
    'granted',
  ],
  ['what is live, when little is left for all', spent({ a: took(share) }, { remaining: 9_000 }), {}, end],
  ['what is live, within its share though little is left', spent({}, { remaining: 9_000 }), {}, 'granted'],
  ['a quota of its own is used nearly whole', spent({ a: took(60_000) }, { isOwn: true }), {}, 'granted'],
  [
    'what may wait leaves three tenths to what is live',
    spent({ a: took(8_900) }),
    { lane: 'background' },
    'granted',
  ],
  ['what may wait, beyond that', spent({ a: took(9_000) }), { lane: 'background' }, end],
  [
    'what may wait takes a part of what others leave',
    spent({ a: took(9_000) }, { remaining: 64_000 }),
    { lane: 'background' },
    'granted',
  ],
  [
    'what may wait stops when little is left for all',
    spent({}, { remaining: 12_000 }),
    { lane: 'background' },
    end,
  ],
  [
    'what may wait, more than its half while another one asks too',
    spent({ a: took(0, 4_500, now), b: took(0, 200, now - 1_000) }),
    { lane: 'background' },
    300_000,
  ],
  [
    'the other one has its half still',
    spent({ a: took(0, 4_500, now), b: took(0, 200, now - 1_000) }),
    { lane: 'background', connection: 'b' },
    'granted',
  ],
  [
    'another one which asks no more leaves its half',
    spent({ a: took(0, 4_500, now), b: took(0, 200, now - 400_000) }),
    { lane: 'background' },
    'granted',
  ],
  [
    'a new hour begins with nothing taken',
    { ...spent({ a: took(share) }), hour: hourOf(now) - 1 },
    {},
    'granted',
  ],
  ['a stop of Jira holds for what is live too', { ...spent({}), stopUntil: now + 5_000 }, {}, 5_000],
  ['a stop is over when it is over', { ...spent({}), stopUntil: now }, {}, 'granted'],
])('%s', (_name, budget, change, wanted) => {
  expect(untilOf(budget, change)).toBe(wanted);
});

test('whoever asks in whatever order: what may wait never takes what is kept for what is live', () => {
  const asks = fc.array(
    fc.record({
      connection: fc.constantFrom('a', 'b', 'c'),
      lane: fc.constantFrom<Lane>('live', 'background'),
      points: fc.integer({ min: 1, max: 900 }),
      afterMs: fc.integer({ min: 0, max: 60_000 }),
    }),
    { maxLength: 200 },
  );
  void fc.assert(
    fc.property(asks, (list) => {
      let budget: HourBudget | undefined;
      let at = now;
      for (const { afterMs, ...one } of list) {
        at += afterMs;
        const answer = askForBlock(budget, { ...one, now: at, share: 0.2 });
        if (answer.kind === 'wait') expect(answer.until).toBeGreaterThan(at);
        else budget = answer.budget;
        const taken = Object.values(budget?.taken ?? {});
        expect(taken.reduce((sum, { background }) => sum + background, 0)).toBeLessThanOrEqual(share * 0.7);
        expect(taken.reduce((sum, { live, background }) => sum + live + background, 0)).toBeLessThanOrEqual(
          share,
        );
      }
    }),
  );
});
