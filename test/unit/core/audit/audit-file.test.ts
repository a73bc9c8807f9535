/** Properties of an exported audit log: whatever is done to the file is found, and the two sides of a stream agree or not. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type AuditFile, makeHeader, printLine, withoutOwn } from '#core/audit/audit-file';
import { appendEntry, auditStart, hash64, toHex } from '#core/audit/chain';
import { compareAudits } from '#core/audit/compare-audits';
import type { AuditBatch, AuditEntry } from '#core/audit/entry';
import { listBatch } from '#core/audit/list-batch';
import { verifyAudit } from '#core/audit/verify-audit';
import { chainNext, chainStart } from '#core/protocol/envelope';
import { hashText } from '#core/protocol/hash';

const link = 'link-of-two-sites';
const salt = 'salt';
const ep = { n: 1, id: 'epoch-one' };

interface Side {
  role: 'primary' | 'secondary';
  sent: readonly string[];
  received: readonly string[];
  acts: readonly string[];
  form?: 'full' | 'shared';
}

function streamOf(bodies: readonly string[]) {
  const ch = bodies.reduce(chainNext, chainStart(link, ep.id));
  return { ep, seq: bodies.length, ch };
}

/** A log as the engine writes it: a batch in an entry, the acts of admins in their own lane. */
function fileOf({ role, sent, received, acts, form = 'full' }: Side): string {
  const entries: AuditEntry[] = [];
  const lanes = { admin: auditStart(link, 'admin'), sync: auditStart(link, 'sync') };
  const add = (entry: Parameters<typeof appendEntry>[2]): void => {
    const next = appendEntry(lanes[entry.lane], salt, entry);
    lanes[entry.lane] = next.head;
    entries.push(next.entry);
  };
  for (const act of acts) add({ lane: 'admin', at: 5, own: { act, who: 'ada' } });
  for (const [index, body] of sent.entries()) {
    add({ lane: 'sync', at: 10 + index, out: [listBatch(body, { seq: index + 1, ep: ep.id })] });
  }
  for (const [index, body] of received.entries()) {
    const own = { text: `Received changes of K-${index}.`, issueKey: `K-${index}` };
    add({ lane: 'sync', at: 20 + index, in: [listBatch(body, { seq: index + 1, ep: ep.id })], own });
  }
  const header = makeHeader({
    concord: 'audit',
    v: 1,
    link,
    role,
    at: 99,
    form,
    ...(form === 'full' ? { salt } : {}),
    heads: lanes,
    streams: { out: streamOf(sent), in: streamOf(received) },
  });
  const shown = entries.map((entry) => (form === 'full' ? entry : withoutOwn(entry)));
  return [header, ...shown].map(printLine).join('');
}

const body = fc
  .record({
    op: fc.constantFrom('issue.update', 'comment.put', 'issue.create', 'news.of.tomorrow'),
    pair: fc.stringMatching(/^[0-9a-f]{8}$/),
    values: fc.dictionary(
      fc.constantFrom('summary', 'labels'),
      fc.record({ t: fc.constant('text'), v: fc.string() }),
    ),
  })
  .map((operation) => JSON.stringify({ ops: [operation] }));
const bodies = fc.array(body, { minLength: 1, maxLength: 6 });
const side = fc.record({
  role: fc.constant('primary' as const),
  sent: bodies,
  received: bodies,
  acts: fc.array(fc.constantFrom('start', 'stop', 'undo'), { minLength: 1, maxLength: 4 }),
  form: fc.constantFrom('full' as const, 'shared' as const),
});
const runs = { numRuns: 30, seed: 1 };

function whole(text: string): AuditFile {
  const verified = verifyAudit(text);
  if (!verified.ok) throw new Error(verified.why);
  return verified.file;
}

test('a log as it was written is whole', () => {
  fc.assert(
    fc.property(side, (log) => {
      expect(verifyAudit(fileOf(log))).toMatchObject({ ok: true, counts: { out: log.sent.length } });
    }),
    runs,
  );
});

test('any bit that is flipped is found', () => {
  fc.assert(
    fc.property(side, fc.nat(), fc.integer({ min: 0, max: 6 }), (log, place, bit) => {
      const text = fileOf(log);
      const at = place % (text.length - 1);
      const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
      expect(verifyAudit(`${text.slice(0, at)}${flipped}${text.slice(at + 1)}`).ok).toBe(false);
    }),
    { numRuns: 150, seed: 1 },
  );
});

test('entries that are removed, doubled, swapped or cut off are found, the first broken one is named', () => {
  fc.assert(
    fc.property(side, fc.nat(), (log, place) => {
      const [header = '', ...lines] = fileOf(log).split('\n').slice(0, -1);
      const at = place % lines.length;
      const print = (changed: string[]): string => [header, ...changed].map((line) => `${line}\n`).join('');
      const removed = verifyAudit(print(lines.filter((_line, index) => index !== at)));
      expect(removed.ok).toBe(false);
      expect(verifyAudit(print(lines.slice(0, at))).ok).toBe(false);
      const doubled = verifyAudit(print([...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)]));
      expect(doubled).toMatchObject({ ok: false, line: at + 3 });
      if (at === 0) return;
      const swapped = [...lines];
      [swapped[at - 1], swapped[at]] = [lines[at] ?? '', lines[at - 1] ?? ''];
      const isSameLane = lines[at]?.slice(0, 14) === lines[at - 1]?.slice(0, 14);
      if (isSameLane) expect(verifyAudit(print(swapped))).toMatchObject({ ok: false, line: at + 1 });
    }),
    runs,
  );
});

test('a tail that is cut off is found although the rest is chained, and so is a rewritten header', () => {
  const log: Side = { role: 'primary', sent: ['{"ops":[]}', '{"ops":[]}'], received: [], acts: ['start'] };
  const shorter = fileOf({ ...log, sent: ['{"ops":[]}'] }).split('\n');
  const [header = ''] = fileOf(log).split('\n');
  expect(verifyAudit([header, ...shorter.slice(1)].join('\n'))).toEqual({
    ok: false,
    why: 'The log goes on to entry 2, which this file lacks.',
    entry: { lane: 'sync', n: 2 },
  });
  const told = JSON.parse(shorter[0] ?? '') as Record<string, unknown>;
  const claimed = JSON.stringify({ ...told, at: 1 });
  expect(verifyAudit([claimed, ...shorter.slice(1)].join('\n'))).toMatchObject({ ok: false, line: 1 });
  expect(verifyAudit('')).toMatchObject({ ok: false, line: 1 });
});

test('both sides tell the same; what is on its way is no fault; what one tells differently is named', () => {
  fc.assert(
    fc.property(bodies, bodies, fc.nat(), (there, back, place) => {
      const mine = whole(fileOf({ role: 'primary', sent: there, received: back, acts: [], form: 'shared' }));
      const theirs = (received: readonly string[]): AuditFile =>
        whole(fileOf({ role: 'secondary', sent: back, received, acts: ['start'] }));
      const cut = place % there.length;
      expect(compareAudits(mine, theirs(there.slice(0, cut)))).toEqual({
        ok: true,
        there: { alike: cut, underWay: there.length - cut },
        back: { alike: back.length, underWay: 0 },
      });
      const changed = there.map((one, index) => (index === cut ? '{"ops":[{"op":"run.stop"}]}' : one));
      expect(compareAudits(mine, theirs(changed))).toMatchObject({
        ok: false,
        from: 'primary',
        seq: cut + 1,
      });
      expect(compareAudits(mine, theirs([...there, '{"ops":[]}']))).toMatchObject({
        ok: false,
        seq: there.length + 1,
        why: 'It was received, but never sent.',
      });
    }),
    runs,
  );
});

test('files that cannot be compared are refused', () => {
  const log: Side = { role: 'primary', sent: [], received: [], acts: [] };
  expect(compareAudits(whole(fileOf(log)), whole(fileOf(log)))).toMatchObject({ ok: false });
});

test('a long batch is listed in part, bound as a whole, and without its values', () => {
  const operation = (index: number) => ({
    op: 'issue.update',
    pair: `pair-${index}`,
    values: Object.fromEntries(
      Array.from({ length: 10 }, (_, slot) => [`slot-${slot}`, { t: 'text', v: `secret ${index}` }]),
    ),
  });
  const list = (last: string): AuditBatch =>
    listBatch(
      JSON.stringify({ ops: [...Array.from({ length: 150 }, (_, index) => operation(index)), { op: last }] }),
      {
        seq: 1,
        ep: ep.id,
      },
    );
  const listed = list('run.stop');
  expect(listed.ops.length + (listed.more ?? 0)).toBe(151);
  expect(JSON.stringify(listed).length).toBeLessThan(15_000);
  expect(JSON.stringify(listed)).not.toContain('secret');
  expect(list('run.start').all).not.toBe(listed.all);
  expect(list('run.start').ops).toEqual(listed.ops);
});

test('hashes are those that any other program makes', () => {
  for (const text of ['', 'a', 'concord', 'ä'.repeat(100)]) {
    const hash = createHash('sha256').update(text);
    expect(hash64(text)).toBe(hash.copy().digest('base64url'));
    expect(toHex(hash64(text))).toBe(hash.digest('hex'));
    expect(toHex(hash64(text))).toBe(hashText(text));
  }
});
