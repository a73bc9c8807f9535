/** An edit over a value of the partner, and one beside it, told apart by what an issue held before. */
import { changedByPeople, pastValues } from '#core/mapping/slot-history';
import type { MappingBinding } from '#core/model/binding';
import type { Conflict } from '#core/model/conflict';
import type { ContractField } from '#core/model/contract';
import type { HistoryEntry } from '#core/model/history';
import type { Pair } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { planOrders, versionOf } from '#core/reconcile/plan-orders';
import { planUpdate } from '#core/reconcile/plan-update';
import { sawBefore } from '#core/reconcile/seen-before';

const text = (v: string): FieldValue => ({ t: 'text', v });
const document = (...words: string[]): FieldValue => ({
  t: 'adf',
  v: {
    type: 'doc',
    version: 1,
    content: words.map((word) => ({ type: 'paragraph', content: [{ type: 'text', text: word }] })),
  },
});

test.each([
  ['over it', [text('theirs'), text('base')], true],
  ['beside it', [text('base')], false],
  ['by a detour', [text('other'), text('theirs'), text('base')], true],
  ['over what was there long ago', [text('base'), text('theirs')], false],
  ['with a history that cannot be read', [], false],
  ['where it never held what both started from', [text('merged'), text('theirs')], false],
])('an edit %s', (_name, past, expected) => {
  expect(sawBefore(past, text('theirs'), text('base'))).toBe(expected);
});

test('a document is known by its text alone, as the history tells it', () => {
  expect(sawBefore([document('one two'), document('base')], document('one', 'two'), document('base'))).toBe(
    true,
  );
});

const fields: ContractField[] = [
  { id: 'title', kind: 'summary', label: 'Title', direction: 'both', policy: 'primary' },
  { id: 'areas', kind: 'multiSelect', label: 'Areas', direction: 'both', policy: 'primary' },
];
const binding: MappingBinding = {
  mapping: 'm1',
  projectId: '1',
  types: [{ slot: 't', typeId: '1' }],
  fields: [
    { slot: 'title', fieldId: 'summary' },
    {
      slot: 'areas',
      fieldId: 'customfield_1',
      values: [
        { value: 'a-1', locals: ['10'] },
        { value: 'a-2', locals: ['20'] },
      ],
    },
  ],
};
const history: HistoryEntry[] = [
  { id: 1, at: 1, who: 'Concord', fields: [{ fieldId: 'summary', from: null, fromText: 'base' }] },
  {
    id: 3,
    at: 3,
    who: 'Ada',
    fields: [
      { fieldId: 'summary', from: null, fromText: 'theirs' },
      { fieldId: 'customfield_1', from: '[10, 20]', fromText: 'One,Two' },
    ],
  },
];

test('the history is read in the words of the agreement, the latest first', () => {
  const past = pastValues(fields, binding, history, {});
  expect(past('title')).toEqual([text('theirs'), text('base')]);
  expect(past('areas')).toEqual([{ t: 'set', v: ['a-1', 'a-2'] }]);
  expect(past('nothing')).toEqual([]);
});

test('only the latest change of a field says whose word it holds', () => {
  const byAda = history.map((entry) =>
    entry.who === 'Ada' ? { ...entry, isByPerson: true as const } : entry,
  );
  expect([...changedByPeople(binding, byAda)]).toEqual(['title', 'areas']);
  const title = [{ fieldId: 'summary', from: null, fromText: 'mine' }];
  const byUs = { id: 4, at: 4, who: 'Concord', fields: title };
  expect([...changedByPeople(binding, [byUs, ...byAda])]).toEqual(['areas']);
  expect([...changedByPeople(binding, undefined)]).toEqual([]);
});

const pair: Pair = {
  pair: 'pair-0001',
  mapping: 'm1',
  type: 't',
  local: { id: '1', key: 'A-1' },
  origin: 'primary',
  state: 'twinned',
  base: { title: text('base') },
  inSeq: 0,
  held: {},
};

test.each([
  ['whose record was lost', pastValues(fields, binding, history, {}), 'mine'],
  ['that never came here', undefined, 'theirs'],
])('an edit here beside a value %s', (_name, past, title) => {
  const plan = planUpdate({
    pair,
    update: { seq: 1, values: { title: text('theirs') }, seen: 0, at: 5 },
    local: { title: text('mine') },
    localAt: 9,
    past,
    fields,
    bound: new Set(['title']),
    role: 'secondary',
  });
  if (plan.kind !== 'apply') throw new Error(`It is ${plan.kind}.`);
  expect(plan.write['title'] ?? text('mine')).toEqual(text(title));
});

test.each([
  ['an app, perhaps this one, wrote it over an edit nobody saw', false, ['a-2']],
  ['a person wrote it over what they saw', true, []],
])('our issue says already what is agreed: %s', (_name, isByPerson, areas) => {
  const set = (...v: string[]): FieldValue => ({ t: 'set', v });
  const plan = planUpdate({
    pair: { ...pair, base: { areas: set('a-1') } },
    update: { seq: 1, values: { areas: set() }, seen: 0, at: 5 },
    local: { areas: set() },
    localAt: 9,
    past: () => [set('a-2'), set(), set('a-1')],
    isByPerson: () => isByPerson,
    fields,
    bound: new Set(['areas']),
    role: 'secondary',
  });
  if (plan.kind !== 'apply') throw new Error(`It is ${plan.kind}.`);
  expect(plan.write['areas'] ?? set()).toEqual(set(...areas));
});

test('what was written before a pause and taken back since is an edit', () => {
  const plan = planUpdate({
    pair: { ...pair, wrote: { seq: 1, values: { title: text('theirs') } } },
    update: { seq: 1, values: { title: text('theirs') }, seen: 0, at: 5 },
    local: { title: text('base') },
    localAt: 9,
    fields,
    bound: new Set(['title']),
    role: 'secondary',
  });
  expect(plan).toMatchObject({ kind: 'apply', write: {}, dirty: true });
  expect(plan.pair.wrote).toBeUndefined();
});

test('an answer to a conflict holds only for the values that were shown', () => {
  const conflict: Conflict = {
    mine: { value: text('mine'), at: 1 },
    theirs: { value: text('theirs'), at: 2 },
    since: 2,
  };
  const orders = {
    title: { kind: 'resolve' as const, value: text('theirs'), version: versionOf(conflict) },
  };
  const question = {
    pair: { ...pair, conflicts: { title: conflict } },
    orders,
    fields,
    bound: new Set(['title']),
  };
  const planned = (local: string) => planOrders({ ...question, local: { title: text(local) } });
  expect(planned('mine')).toMatchObject({
    write: { title: text('theirs') },
    resolves: ['title'],
    refused: {},
  });
  expect(planned('theirs')).toMatchObject({ write: {}, resolves: ['title'], refused: {} });
  expect(planned('edited since')).toMatchObject({ write: {}, resolves: [] });
  expect(Object.keys(planned('edited since').refused)).toEqual(['title']);
});
