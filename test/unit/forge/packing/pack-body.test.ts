/** Whatever is packed comes back as it was, never longer than plain, and rows of an older list of words stay readable. */
import * as fc from 'fast-check';
import { packBody, packJson, unpackBody, unpackJson } from '../../../../src/forge/packing/pack-body';

test('every body comes back, and none gets longer', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{30,140}$/);
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), hash);
  const bodies = fc.dictionary(text, fc.oneof(fc.jsonValue(), text), { maxKeys: 20 });
  void fc.assert(
    fc.property(bodies, (body) => {
      const packed = packBody(body);
      expect(unpackBody(JSON.parse(JSON.stringify(packed)))).toEqual(JSON.parse(JSON.stringify(body)));
      expect(JSON.stringify(packed).length).toBeLessThanOrEqual(Buffer.byteLength(JSON.stringify(body)));
    }),
  );
});

test('sealed texts are kept as the bytes behind them', () => {
  const sealed = Buffer.from(
    Array.from({ length: 700 }, (_, index) => (index * index * 31 + (index >> 3)) % 256),
  );
  for (const bytes of [sealed, sealed.subarray(1), sealed.subarray(2)]) {
    const body = { sealed: bytes.toString('base64'), ch: 'ab'.repeat(32), and: bytes.toString('base64') };
    const packed = packBody(body);
    expect(unpackBody(packed)).toEqual(body);
    expect(JSON.stringify(packed).length).toBeLessThan(JSON.stringify(body).length * 0.97);
  }
});

test('a text is packed against one that is known, and comes back', () => {
  const known = JSON.stringify({
    base: { summary: 'Pump 7 stops', description: 'It runs for an hour. Then it stops.' },
  });
  const now = JSON.stringify({
    base: { summary: 'Pump 8 stops', description: 'It runs for an hour. Then it stops.' },
  });
  const packed = packJson(now, known);
  expect(unpackJson(packed, known)).toBe(now);
  expect(packed.length).toBeLessThan(30);
  expect(unpackJson(packJson('1'))).toBe('1');
});

test('a usual row takes a third', () => {
  const body = {
    fence: 12,
    ep: { n: 1, id: 'k5x2mv7qj3wza' },
    out: {
      seq: 7,
      ch: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      acked: 7,
      done: 6,
      control: 3,
    },
    in: { applied: 5 },
    counts: { pairs: 3, sent: 7, received: 5 },
    heardAt: 1_795_429_201_000,
  };
  expect(JSON.stringify(packBody(body)).length).toBeLessThan(JSON.stringify(body).length / 3);
});

test('a row as the first version packed it', () => {
  const stored = 'IzZlgDKKuR5q+gCLwROJpamJkaURqBUHyr5KVkqMAvPbLjR2+NSmztJ/teBo1AVRpVoA';
  const at = 1_795_429_201_000;
  const h = '9f86d081884c7d659a2feaa0c55ad015';
  const body = { level: 'info', text: 'Sent changes of SUP-7.', issueKey: 'SUP-7', at, h };
  expect(unpackBody(`1${stored}`)).toEqual(body);
  expect(() => unpackBody(`9${stored}`)).toThrow('newer version');
});

test('a row as it is packed today: it must be readable for ever', () => {
  const body = {
    at: 1_795_429_201_000,
    level: 'info',
    text: 'Sent changes of SUP-7. Grüße {}',
    issueKey: 'SUP-7',
    hash: '9f86d081884c7d659a2feaa0c55ad015',
    list: ['0123456789abcdef', null, 17],
  };
  expect(packBody(body)).toBe(
    "4qN:(d%`O1g1HM9'ix*/swyR{t#w)SxZ# n$t'@4EuPaI0%e[t3rXpFj@)!WqN6^;wD*.#Vw~Ab<,Q",
  );
  expect(unpackBody(packBody(body))).toEqual(body);
});

test('long rows come back too, and so do patches of them', () => {
  const long = { text: Array.from({ length: 900 }, (_, index) => `pump ${index}`).join(' ') };
  const plain = JSON.stringify(long);
  expect(unpackBody(packBody(long))).toEqual(long);
  for (const known of [plain, plain.slice(0, 3_000), `${plain}${plain}`]) {
    const now = plain.replace('pump 7 ', 'valve 7 ');
    expect(unpackJson(packJson(now, known), known)).toBe(now);
  }
});

test('what is cut off is not taken for a row', () => {
  const packed = packJson(
    JSON.stringify({ text: 'Sent changes of SUP-7.', other: 'It is dark, and it stays dark.' }),
  );
  for (const length of [1, 2, 3, 5]) {
    expect(() => unpackBody(packed.slice(0, length)) as unknown).toThrow();
  }
});
