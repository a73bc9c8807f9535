/** Every kind of field passes the same cases; what it does in each becomes the table of docs/field-kinds.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, toContract, toLocal } from '#core/mapping/translate';
import { emptyLike, equalValues } from '#core/merge/equal-values';
import { mergeField } from '#core/merge/merge-field';
import { valueTypes } from '#core/merge/value-types';
import type { FieldBinding } from '#core/model/binding';
import { type FieldKind, type FieldValue, fieldKinds, fieldValueSchema } from '#core/model/value';
import { hereOf, type KindSample, kindSamples, oneOfEach, sampleField } from '../../../support/kind-samples';

const cases = [
  'round trip',
  'unmapped value',
  'empty',
  'unchanged',
  'conflict',
  'wrong type',
  'too long',
] as const;
type Case = (typeof cases)[number];
const table = new Map<FieldKind, Partial<Record<Case, string>>>();

type Side = 'mine' | 'theirs';

function binding(sample: KindSample, side: Side): FieldBinding {
  const { values, use } = sample[side];
  return { slot: 'slot', fieldId: 'f', ...(values === undefined ? {} : { values }), ...use };
}
function read(sample: KindSample, side: Side, raw: unknown, ...known: FieldValue[]) {
  return toContract(sampleField(sample), binding(sample, side), raw, { here: hereOf[side], known });
}
function write(sample: KindSample, side: Side, value: FieldValue, current?: unknown) {
  return toLocal(sampleField(sample), binding(sample, side), value, { here: hereOf[side], current });
}
function valueIn(sample: KindSample, side: Side, raw: unknown, ...known: FieldValue[]): FieldValue {
  const result = read(sample, side, raw, ...known);
  if (!result.ok) throw new Error(`${sample.kind} cannot be read: ${result.unmapped}`);
  return result.value;
}
function passed(kind: FieldKind, name: Case, outcome: string): void {
  table.set(kind, { ...table.get(kind), [name]: outcome });
}

/** What came back from Jira has more members than what was written; every written one must be in it. */
function contains(stored: unknown, written: unknown): boolean {
  if (Array.isArray(written)) {
    const rest = Array.isArray(stored) ? stored : [];
    return rest.length === written.length && written.every((one) => rest.some((two) => contains(two, one)));
  }
  if (typeof written !== 'object' || written === null) return stored === written;
  return Object.entries(written).every(([name, part]) =>
    contains((stored as Record<string, unknown> | null)?.[name], part),
  );
}

/** Estimates and sprints are written in another form than they are read in. */
const otherForm: Partial<Record<FieldKind, unknown>> = {
  sprint: 901,
  timeTracking: { originalEstimate: '120m', remainingEstimate: '60m' },
};

describe.each(Object.values(kindSamples))('$kind', (sample) => {
  const { kind } = sample;
  const isOneWay = kinds[kind].writes === 'nothing';

  test('round trip', () => {
    const value = valueIn(sample, 'mine', sample.here);
    expect(fieldValueSchema.parse(value)).toEqual(value);
    expect(value.t).toBe(kinds[kind].type);
    const written = write(sample, 'theirs', value);
    expect(written.ok).toBe(true);
    if (!written.ok) return;
    const form = otherForm[kind];
    if (form === undefined) expect(contains(sample.there, written.raw)).toBe(true);
    else expect(written.raw).toEqual(form);
    expect(equalValues(valueIn(sample, 'theirs', sample.there, value), value)).toBe(true);
    if (isOneWay) return passed(kind, 'round trip', 'one way, as text');
    const back = write(sample, 'mine', value, sample.here);
    expect(back.ok).toBe(true);
    if (back.ok && otherForm[kind] === undefined && kind !== 'labels' && kind !== 'dateTime') {
      expect(contains(sample.here, back.raw)).toBe(true);
    }
    passed(kind, 'round trip', 'the same both ways');
  });

  test('unmapped value', () => {
    const { unmapped, unknown } = sample;
    if (unmapped !== undefined) {
      const result = read(sample, 'mine', unmapped.raw);
      expect(result.unmapped).toContain(unmapped.name);
      // Either nothing is claimed, or the rest of a list.
      if (result.ok) expect(equalValues(result.value, emptyLike(result.value))).toBe(true);
    }
    if (unknown === undefined) return passed(kind, 'unmapped value', 'every value fits');
    const refused = write(sample, 'theirs', unknown);
    expect(refused).toEqual({ ok: false, reason: expect.stringMatching(/\w+ .*\w+\.$/) });
    const rest = valueTypes[kinds[kind].type].merge === 'elements' ? 'stays here' : 'named, not sent';
    passed(kind, 'unmapped value', `${rest}; waits there`);
  });

  test('empty', () => {
    const value = valueIn(sample, 'mine', sample.empty);
    expect(equalValues(value, emptyLike(value))).toBe(true);
    expect(valueIn(sample, 'mine', undefined)).toEqual(value);
    const written = write(sample, 'theirs', value);
    const isNever = kind === 'summary';
    expect(written.ok).toBe(!isNever);
    if (written.ok && kind !== 'timeTracking')
      expect([null, undefined, [], ''].some((no) => String(no) === String(written.raw))).toBe(true);
    passed(kind, 'empty', isNever ? 'refused: Jira wants one' : 'empties the field');
  });

  test('unchanged', () => {
    const value = valueIn(sample, 'mine', sample.here);
    expect(equalValues(valueIn(sample, 'mine', sample.again ?? sample.here, value), value)).toBe(true);
    expect(equalValues(valueIn(sample, 'theirs', sample.there, value), value)).toBe(true);
    passed(kind, 'unchanged', 'no edit seen');
  });

  test('conflict', () => {
    const [primary, secondary] = sample.edits;
    const times = { primary: 1, secondary: 2 };
    const merged = mergeField({ base: sample.base, primary, secondary, policy: 'primary', times });
    expect(equalValues(merged.value, sample.merged)).toBe(true);
    const { merge } = valueTypes[kinds[kind].type];
    if (merge === 'whole') {
      expect(merged.overwritten?.value).toEqual(secondary);
      const newest = mergeField({ base: sample.base, primary, secondary, policy: 'newest', times });
      expect(newest.value).toEqual(secondary);
    } else expect(merged.overwritten).toBeUndefined();
    const how = { whole: 'by policy', elements: 'by element', blocks: 'by paragraph' }[merge];
    passed(kind, 'conflict', isOneWay ? 'none: one way' : how);
  });

  test('wrong type', () => {
    for (const value of Object.values(oneOfEach)) {
      if (value.t === kinds[kind].type) continue;
      for (const side of ['mine', 'theirs'] as const) {
        const result = write(sample, side, value, sample.here);
        expect([value.t, result]).toEqual([
          value.t,
          { ok: false, reason: expect.stringContaining('does not fit') },
        ]);
      }
    }
    for (const raw of [7, 'x', {}, [[]], [null], { id: {} }, true]) {
      expect(() => read(sample, 'mine', raw)).not.toThrow();
    }
    passed(kind, 'wrong type', 'refused');
  });

  test('too long', () => {
    const atDoor = fieldValueSchema.safeParse(sample.tooLong);
    if (!atDoor.success) return passed(kind, 'too long', 'refused at the door');
    const result = write(sample, 'theirs', sample.tooLong);
    expect(result).toEqual({ ok: false, reason: expect.stringMatching(/\w+ .*\w+/) });
    passed(kind, 'too long', 'waits with the reason');
  });
});

const page = join(__dirname, '../../../../docs/field-kinds.md');
const [start, end] = ['<!-- conformance: start -->', '<!-- conformance: end -->'];

test('the table in the docs is the one that these tests make', () => {
  const rows = fieldKinds.map(
    (kind) => `| ${[kind, ...cases.map((one) => table.get(kind)?.[one] ?? '')].join(' | ')} |`,
  );
  const fresh = [`| Kind | ${cases.join(' | ')} |`, `|---${'|---'.repeat(cases.length)}|`, ...rows].join(
    '\n',
  );
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(start);
  const after = rest.split(end)[1] ?? '';
  const wanted = `${before}${start}\n${fresh}\n${end}${after}`;
  if (process.env['UPDATE'] === '1') writeFileSync(page, wanted);
  else expect(text).toBe(wanted);
});
