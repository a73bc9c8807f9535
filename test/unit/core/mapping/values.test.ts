/** Values between Jira and the agreement, kind by kind, and whole issues. */
import { planWrite } from '#core/mapping/plan-write';
import { readValues } from '#core/mapping/read-values';
import { toContract, toLocal } from '#core/mapping/translate';
import type { FieldBinding, MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue } from '#core/model/value';
import { date, option, set, text } from '../../../support/values';

function field(id: string, kind: FieldKind): ContractField {
  const values = [
    { id: 'v-high', label: 'High' },
    { id: 'v-low', label: 'Low' },
    { id: 'v-odd', label: 'Odd' },
  ];
  return { id, kind, label: id, direction: 'both', policy: 'newest', values };
}

const choices: FieldBinding['values'] = [
  { value: 'v-high', locals: ['1', '2'] },
  { value: 'v-low', locals: ['3'] },
];

const translated: { what: string; kind: FieldKind; raw: unknown; value: FieldValue; back?: unknown }[] = [
  { what: 'a summary', kind: 'summary', raw: 'Hello', value: text('Hello') },
  {
    what: 'labels in any order',
    kind: 'labels',
    raw: ['b', 'a', 'b'],
    value: set('a', 'b'),
    back: ['a', 'b'],
  },
  { what: 'no labels', kind: 'labels', raw: null, value: set(), back: [] },
  { what: 'a date', kind: 'date', raw: '2026-02-28', value: date('2026-02-28') },
  { what: 'no date', kind: 'date', raw: null, value: date(null) },
  {
    what: 'a priority',
    kind: 'priority',
    raw: { id: '3', name: 'Minor' },
    value: option('v-low'),
    back: { id: '3' },
  },
  {
    what: 'a second option standing for the same value',
    kind: 'select',
    raw: { id: '2', value: 'Top' },
    value: option('v-high'),
    back: { id: '1' },
  },
  { what: 'an empty select', kind: 'select', raw: null, value: option(null) },
];

test.each(translated)('$what goes both ways', ({ kind, raw, value, back = raw }) => {
  const binding: FieldBinding = { slot: 's', fieldId: 'f', values: choices };
  expect(toContract(field('s', kind), binding, raw)).toEqual({ ok: true, value });
  expect(toLocal(field('s', kind), binding, value)).toMatchObject({ ok: true, raw: back });
});

const refusedValues: { what: string; kind: FieldKind; value: FieldValue; reason: RegExp }[] = [
  { what: 'an empty summary', kind: 'summary', value: text(' '), reason: /cannot be empty/ },
  { what: 'a summary of two lines', kind: 'summary', value: text('a\nb'), reason: /line breaks/ },
  { what: 'a label with a space', kind: 'labels', value: set('ok', 'not ok'), reason: /"not ok"/ },
  { what: 'a value without counterpart', kind: 'priority', value: option('v-odd'), reason: /"Odd"/ },
  { what: 'a value of another kind', kind: 'date', value: text('tomorrow'), reason: /does not fit/ },
];

test.each(refusedValues)('$what is not written and the reason says why', ({ kind, value, reason }) => {
  const result = toLocal(field('s', kind), { slot: 's', fieldId: 'f', values: choices }, value);
  expect(result).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});

const fields = [
  field('s1', 'summary'),
  field('s2', 'priority'),
  field('s3', 'status'),
  field('s4', 'labels'),
];
const binding: MappingBinding = {
  mapping: 'm',
  projectId: '10',
  types: [{ slot: 't', typeId: '1' }],
  fields: [
    { slot: 's1', fieldId: 'summary' },
    { slot: 's2', fieldId: 'priority', values: choices },
    { slot: 's3', fieldId: 'status', values: [{ value: 'v-high', locals: ['30', '31'] }] },
  ],
};

test('an issue is read without the slots that are unbound or have no counterpart', () => {
  const raw = { summary: 'Hi', priority: { id: '9', name: 'Whatever' }, status: { id: '31' }, labels: ['x'] };
  expect(readValues(fields, binding, raw)).toEqual({
    values: { s1: text('Hi'), s3: option('v-high') },
    unmapped: [{ slot: 's2', name: 'Whatever' }],
  });
});

test('a write has the fields, the status apart and what cannot be written', () => {
  const values = { s1: text('Hi'), s2: option('v-odd'), s3: option('v-high'), s4: set('x') };
  expect(planWrite(fields, binding, values, {})).toEqual({
    fields: { summary: 'Hi' },
    slots: { summary: 's1' },
    status: { slot: 's3', targets: ['30', '31'] },
    refused: { s2: expect.stringContaining('"Odd"') },
    makes: [],
  });
});
