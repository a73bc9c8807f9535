/** Which of the partner's messages may be applied when its epochs, or ours, changed. */
import { inboxPlace } from '#engine/epoch/inbox-lives';
import { incomingSchema, type Stream } from '#engine/rows/stream';

const chain = '0'.repeat(64);

function incoming(past: { ep: string; from: number; seq: number }[], n = 1, from = 0) {
  const ep = { n, id: 'now0now0', ...(from === 0 ? {} : { from, lost: 'mine' }) };
  return incomingSchema.parse({ ep, seq: from + 2, ch: chain, buffered: [], past });
}

function stream(applied: Stream['in'], rest: Partial<Stream> = {}): Stream {
  return {
    fence: 0,
    ep: { n: 1, id: 'ours0000' },
    out: { seq: 0, ch: chain, acked: 0, done: 0, control: 1 },
    in: applied,
    counts: { pairs: 0, sent: 0, received: 0 },
    ...rest,
  };
}

const before = [{ ep: 'old0old0', from: 0, seq: 5 }];

test('one epoch after the other', () => {
  expect(inboxPlace(stream({ applied: 1 }), incoming([]))).toEqual({ end: 2 });
  const place = inboxPlace(stream({ applied: 3 }), incoming(before, 2, 128));
  expect(place).toEqual({ end: 5, next: { ep: 'now0now0', from: 128 } });
  expect(inboxPlace(stream({ applied: 128, ep: 'now0now0' }), incoming(before, 2, 128))).toEqual({
    end: 130,
  });
});

test('put back to before the first message: what we never heard of is passed over', () => {
  const place = inboxPlace(stream({ applied: 0 }), incoming([], 2, 128));
  expect(place).toEqual({ end: 0, next: { ep: 'now0now0', from: 128 } });
});

test('a row of what came in that is older than ours takes nothing back', () => {
  expect(inboxPlace(stream({ applied: 300, ep: 'new0new0' }), incoming(before, 2, 128))).toEqual({
    end: 300,
  });
});

test('what lay in the inbox when our memory was put back waits for the next epoch of the partner', () => {
  const resync = { at: 1, mine: true, ageMs: 1, step: 'agree' as const };
  const forgot = { resync, ep: { n: 2, id: 'ours0002', from: 128 } };
  expect(inboxPlace(stream({ applied: 1 }, forgot), incoming([]))).toEqual({ end: 1 });
  const place = inboxPlace(stream({ applied: 1 }, forgot), incoming(before, 2, 128));
  expect(place).toEqual({ end: 5, next: { ep: 'now0now0', from: 128 } });
});
