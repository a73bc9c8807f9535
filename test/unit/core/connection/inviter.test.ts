import fc from 'fast-check';
import {
  type InviterEvent,
  type InviterState,
  inviterTransition,
  mostFailures,
} from '#core/connection/inviter';

const invited: InviterState = { phase: 'invited', expiresAt: 1_000, failures: 0, burned: false };
const joining: InviterState = { ...invited, phase: 'joining', joiner: 'globex' };
const joined: InviterState = { ...joining, phase: 'joined' };
const rejected: InviterState = { ...invited, phase: 'rejected' };
const deleted: InviterState = { ...invited, phase: 'deleted' };

const join = (keyId = 'globex', rightSecret = true, at = 500): InviterEvent => ({
  type: 'join',
  at,
  rightSecret,
  keyId,
});
const reject = (rightSecret = true, at = 500): InviterEvent => ({
  type: 'reject',
  at,
  rightSecret,
  keyId: 'globex',
});

/** One sentence, state, event, what is answered, phase afterwards. */
const table: [string, InviterState, InviterEvent, string, InviterState['phase']][] = [
  ['a join with the right secret is taken', invited, join(), 'taken', 'joining'],
  ['the same join again is answered as before', joining, join(), 'repeated', 'joining'],
  ['the same join again after all is done too', joined, join(), 'repeated', 'joined'],
  ['a second joiner is refused', joining, join('mallory'), 'used', 'joining'],
  ['also when joined', joined, join('mallory'), 'used', 'joined'],
  ['a wrong secret is refused', invited, join('mallory', false), 'wrongSecret', 'invited'],
  ['at its expiry an invitation is over', invited, join('globex', true, 1_000), 'expired', 'invited'],
  ['a burned one takes no secret', { ...invited, burned: true }, join(), 'burned', 'invited'],
  ['a rejected one takes no join', rejected, join(), 'rejected', 'rejected'],
  ['a withdrawn one takes no join', deleted, join(), 'withdrawn', 'deleted'],
  ['a reject is taken', invited, reject(), 'taken', 'rejected'],
  ['a reject again is noted again', rejected, reject(), 'repeated', 'rejected'],
  ['a forged reject is refused', invited, reject(false), 'wrongSecret', 'invited'],
  ['a reject after the join is too late', joined, reject(), 'used', 'joined'],
  ['the confirmation completes the join', joining, { type: 'confirmed' }, 'taken', 'joined'],
  ['a second confirmation changes nothing', joined, { type: 'confirmed' }, 'repeated', 'joined'],
  ['nothing can be confirmed before a join', invited, { type: 'confirmed' }, 'notPossible', 'invited'],
  ['a rejected one can be sent again', rejected, { type: 'sentAgain', expiresAt: 9 }, 'taken', 'invited'],
  ['a joined one cannot', joined, { type: 'sentAgain', expiresAt: 9 }, 'notPossible', 'joined'],
  ['an open one can be withdrawn', invited, { type: 'withdrawn' }, 'taken', 'deleted'],
  ['a joined one cannot be withdrawn', joined, { type: 'withdrawn' }, 'notPossible', 'joined'],
  ['a joined one can be deleted', joined, { type: 'deleted' }, 'taken', 'deleted'],
  ['a goodbye twice is one', deleted, { type: 'goodbye' }, 'repeated', 'deleted'],
];

describe('inviterTransition', () => {
  test.each(table)('%s', (_sentence, state, event, answer, phase) => {
    const step = inviterTransition(state, event);
    expect(step.outcome === 'refused' ? step.why : step.outcome).toBe(answer);
    expect(step.state.phase).toBe(phase);
  });

  test('five wrong secrets burn the invitation; sending it again makes it fresh', () => {
    let state = invited;
    for (let tries = 0; tries < mostFailures; tries += 1) {
      state = inviterTransition(state, join('mallory', false)).state;
    }
    expect(state).toMatchObject({ burned: true, failures: 5 });
    expect(inviterTransition(state, join())).toMatchObject({ outcome: 'refused', why: 'burned' });
    const again = inviterTransition(state, { type: 'sentAgain', expiresAt: 2_000 }).state;
    expect(inviterTransition(again, join())).toMatchObject({ outcome: 'taken' });
  });

  test('whatever happens, only one key ever joins between two sendings', () => {
    const event = fc.oneof(
      fc.record({
        type: fc.constantFrom('join' as const, 'reject' as const),
        at: fc.integer({ min: 0, max: 1_500 }),
        rightSecret: fc.boolean(),
        keyId: fc.constantFrom('globex', 'mallory'),
      }),
      fc.constantFrom<InviterEvent>({ type: 'confirmed' }, { type: 'withdrawn' }, { type: 'deleted' }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state = invited;
        const joiners = new Set<string>();
        for (const next of events) {
          state = inviterTransition(state, next).state;
          if (state.joiner !== undefined) joiners.add(state.joiner);
        }
        expect(joiners.size).toBeLessThanOrEqual(1);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
