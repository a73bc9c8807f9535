/** An update that starts from other values is not taken, and nobody may think that it was. */
import type { Pair } from '#core/model/pair';
import { planUpdate } from '#core/reconcile/plan-update';

const pair: Pair = {
  pair: 'p'.repeat(32),
  mapping: 'm1',
  type: 't-task',
  local: { id: '1', key: 'A-1' },
  origin: 'primary',
  state: 'twinned',
  base: { title: { t: 'text', v: 'ours' } },
  inSeq: 0,
  held: {},
};

function seenAfter(inSeq: number, seq: number): number | undefined {
  const decision = planUpdate({
    pair: { ...pair, inSeq },
    update: { seq, values: { title: { t: 'text', v: 'theirs' } }, seen: 0, at: 5, base: 'another' },
    local: { title: { t: 'text', v: 'ours' } },
    localAt: 4,
    fields: [{ id: 'title', kind: 'summary', label: 'Title', direction: 'both', policy: 'primary' }],
    bound: new Set(['title']),
    role: 'secondary',
  });
  return decision.kind === 'askState' ? decision.pair.inSeq : undefined;
}

test('what was seen before stays seen', () => {
  expect(seenAfter(7, 10)).toBe(7);
});

test('another operation of the same batch was seen, and the update behind it counts as not seen', () => {
  expect(seenAfter(10, 10)).toBe(9);
});
