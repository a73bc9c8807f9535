/** How values find their counterpart: table, name, made here, default; and texts with placeholders. */
import { fillTemplate, unknownPlaceholders } from '#core/mapping/fill-template';
import { planWrite } from '#core/mapping/plan-write';
import { toContract, toLocal } from '#core/mapping/translate';
import type { FieldBinding, MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue } from '#core/model/value';
import { hereOf } from '../../../support/kind-samples';
import { option, set, text } from '../../../support/values';

const values = [
  { id: 'v-one', label: 'One' },
  { id: 'v-two', label: 'Two' },
];
function field(kind: FieldKind, more: Partial<ContractField> = {}): ContractField {
  return { id: 's', kind, label: 'Field', direction: 'both', policy: 'newest', values, ...more };
}
const table: FieldBinding = { slot: 's', fieldId: 'f', values: [{ value: 'v-one', locals: ['1'] }] };
const byName = { byName: true } as const;

test('a name travels only where the agreement says so, on both sides', () => {
  const raw = [{ id: '9', name: '5.8' }];
  expect(toContract(field('versions'), table, raw)).toMatchObject({ value: set(), unmapped: '5.8' });
  expect(toContract(field('versions', byName), table, raw)).toEqual({ ok: true, value: set('=5.8') });
  expect(toLocal(field('versions', byName), table, set('=5.8'))).toMatchObject({ raw: [{ name: '5.8' }] });
  expect(toLocal(field('versions'), table, set('=5.8'))).toEqual({
    ok: false,
    reason: expect.stringContaining('by name'),
  });
});

test('what is missing is made where the binding says so, and not where it is there already', () => {
  const binding: FieldBinding = { ...table, create: true };
  const wanted = set('=5.8', 'v-one', 'v-two');
  expect(toLocal(field('versions', byName), binding, wanted)).toEqual({
    ok: true,
    raw: [{ name: '5.8' }, { id: '1' }, { name: 'Two' }],
    makes: [{ name: '5.8' }, { name: 'Two' }],
  });
  const current = [{ id: '9', name: '5.8' }];
  expect(toLocal(field('versions', byName), binding, wanted, { current })).toMatchObject({
    makes: [{ name: 'Two' }],
  });
  const levels = field('cascading', { values: [{ id: 'v', label: 'North / Pole' }] });
  expect(toLocal(levels, { slot: 's', fieldId: 'f', create: true }, option('v'))).toEqual({
    ok: true,
    raw: { value: 'North', child: { value: 'Pole' } },
    makes: [{ name: 'North' }, { name: 'Pole', parent: 'North' }],
  });
});

test('a default is written, and what it stands for is known again', () => {
  const binding: FieldBinding = { ...table, otherwise: '7' };
  expect(toLocal(field('select'), binding, option('v-two'))).toMatchObject({ raw: { id: '7' } });
  const raw = { id: '7', value: 'Other' };
  expect(toContract(field('select'), binding, raw, { known: [option('v-two')] })).toMatchObject({
    value: option('v-two'),
  });
  expect(toContract(field('select'), binding, raw, { known: [option('v-one')] })).toEqual({
    ok: false,
    unmapped: 'Other',
  });
});

test('what the agreement has no word for stays when the rest of the list changes', () => {
  const current = [
    { id: '1', value: 'Eins' },
    { id: '77', value: 'Own' },
  ];
  const written = toLocal(field('multiSelect'), table, set(), { current, known: [set('v-one')] });
  expect(written).toMatchObject({ raw: [{ id: '77' }] });
});

const people = field('user', { values: [], ...byName });
const person = (id: string, more: object = {}): FieldValue => ({ t: 'user', v: { id, ...more } });

test('a person: by account, by e-mail, by default, else named', () => {
  const around = { here: hereOf.theirs };
  expect(toLocal(people, table, person('acc-ada'), around)).toMatchObject({ raw: { accountId: 'acc-900' } });
  const known = [person('acc-1', { mail: 'bo@x.example' })];
  const raw = { accountId: 'acc-2', displayName: 'Bo', emailAddress: 'Bo@x.example' };
  expect(toContract(people, table, raw, { known })).toMatchObject({ value: known[0] });
  const nobody = person('acc-9', { name: 'Nemo' });
  expect(toLocal(people, { ...table, otherwise: 'acc-0' }, nobody, around)).toMatchObject({
    raw: { accountId: 'acc-0' },
  });
  expect(toLocal(people, table, nobody, around)).toMatchObject({ reason: expect.stringContaining('Nemo') });
  const listed = field('user');
  expect(toContract(listed, table, raw)).toEqual({ ok: false, unmapped: 'Bo' });
});

test.each([
  ['select', option('v-one'), 'One'],
  ['multiSelect', set('=North', 'v-two'), 'North, Two'],
  ['user', person('acc-9', { name: 'Nemo' }), 'Nemo'],
  ['number', { t: 'number', v: 2.5 }, '2.5'],
  ['timeTracking', { t: 'time', v: { original: 5400, remaining: null } }, 'estimated 1.5 h'],
  ['dateTime', { t: 'moment', v: '2026-02-28T19:40:00.000Z' }, '2026-02-28 19:40 UTC'],
] as [FieldKind, FieldValue, string][])('%s as text is known again', (kind, value, shown) => {
  const binding: FieldBinding = { slot: 's', fieldId: 'f', as: 'text' };
  expect(toLocal(field(kind, byName), binding, value)).toEqual({ ok: true, raw: shown });
  expect(toContract(field(kind, byName), binding, shown, { known: [value] })).toEqual({ ok: true, value });
  expect(toContract(field(kind, byName), binding, 'by hand', { known: [value] }).ok).toBe(false);
});

const shared = [
  { ...field('summary'), id: 'summary', label: 'Summary' },
  { ...field('user'), id: 'rep', label: 'Reporter' },
];

test('placeholders are filled once, unknown ones stay and are named', () => {
  const facts = {
    fields: shared,
    values: { summary: text('{{partner.url}}'), rep: person('x', { name: 'Ada' }) },
    partner: { key: 'GLX-1', url: 'https://x/browse/GLX-1' },
  };
  const template = '{{partner.key}} {{ Summary }} by {{reporter}} {{nonsense}}';
  expect(fillTemplate(template, facts)).toBe('GLX-1 {{partner.url}} by Ada {{nonsense}}');
  expect(unknownPlaceholders(template, shared)).toEqual(['nonsense']);
});

test('a text of its own is written where it differs, never over a shared field, a constant only at first', () => {
  const binding: MappingBinding = {
    mapping: 'm',
    projectId: '1',
    types: [{ slot: 't', typeId: '1' }],
    fields: [{ slot: 'summary', fieldId: 'summary' }],
    fills: [
      { fieldId: 'summary', kind: 'summary', text: 'no', when: 'always' },
      { fieldId: 'f1', kind: 'text', text: 'Was {{summary}}', when: 'always' },
      { fieldId: 'f2', kind: 'select', text: '55', when: 'create' },
    ],
  };
  const said = { summary: text('Hi') };
  const plan = (isNew: boolean, current: Record<string, unknown>) =>
    planWrite(shared, binding, said, current, { fill: { isNew, values: said } }).fields;
  expect(plan(true, {})).toEqual({ summary: 'Hi', f1: 'Was Hi', f2: { id: '55' } });
  expect(plan(false, { f1: 'Was Hi' })).toEqual({ summary: 'Hi' });
});
