import {
  chainNext,
  chainStart,
  type Envelope,
  parseBody,
  parseEnvelope,
  printBody,
  printEnvelope,
} from '#core/protocol/envelope';

const envelope: Envelope = {
  v: 1,
  link: 'abcdefghijklmnop',
  from: 'a'.repeat(64),
  to: 'b'.repeat(64),
  ep: { n: 1, id: 'abcdefgh' },
  lane: 'main',
  seq: 1,
  hi: 1,
  ch: 'c'.repeat(64),
  kind: 'batch',
  created: 1_800_000_000_000,
  cap: { bytes: 200_000, features: [] },
  body: printBody([{ op: 'run.start' }]),
};

describe('envelope', () => {
  test('comes back as it was printed', () => {
    expect(parseEnvelope(printEnvelope(envelope))).toEqual({ ok: true, envelope });
  });

  test.each([
    ['not JSON', 'hello', 'broken'],
    ['another JSON', '[]', 'broken'],
    ['a later version', JSON.stringify({ ...envelope, v: 2 }), 'newer'],
    ['an unknown lane', JSON.stringify({ ...envelope, lane: 'bulk' }), 'broken'],
    ['a negative sequence', JSON.stringify({ ...envelope, seq: -1 }), 'broken'],
  ])('%s is refused', (_what, text, why) => {
    expect(parseEnvelope(text)).toEqual({ ok: false, why });
  });

  test('an operation that this version does not know is set aside, the others count', () => {
    const body = JSON.stringify({
      ops: [{ op: 'run.start' }, { op: 'issue.teleport', pair: 'abcdefgh' }, { op: 'run.stop' }, 7],
    });
    expect(parseBody(body)).toEqual([
      { known: true, operation: { op: 'run.start' } },
      { known: false, op: 'issue.teleport', pair: 'abcdefgh' },
      { known: true, operation: { op: 'run.stop' } },
      { known: false, op: 'unreadable', pair: undefined },
    ]);
    expect(parseBody('{')).toBeUndefined();
    expect(parseBody(JSON.stringify({ ops: Array(201).fill({ op: 'run.start' }) }))).toBeUndefined();
  });

  test('the chain depends on link, epoch, order and every body', () => {
    const start = chainStart('link', 'epoch');
    expect(chainStart('link', 'epoch2')).not.toBe(start);
    expect(chainStart('link2', 'epoch')).not.toBe(start);
    const ab = chainNext(chainNext(start, 'a'), 'b');
    const ba = chainNext(chainNext(start, 'b'), 'a');
    expect(ab).not.toBe(ba);
    expect(ab).toMatch(/^[0-9a-f]{64}$/);
  });
});
