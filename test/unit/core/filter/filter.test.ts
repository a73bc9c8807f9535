/** Filters: conditions on what was read, queries put together, and who may have entered since the start. */
import { checkConditions } from '#core/filter/check-conditions';
import { hasEntered } from '#core/filter/has-entered';
import { amongIssues, anyArea } from '#core/filter/jql-text';
import { meetsConditions } from '#core/filter/meets-conditions';
import type { Condition, Filter } from '#core/model/filter';

const issue = {
  typeId: '10001',
  statusId: '3',
  fields: {
    labels: ['shared', 'hot'],
    priority: { id: '2', name: 'High' },
    components: [{ id: '71' }, { id: '72' }],
    customfield_1: null,
    customfield_2: { id: '900', child: { id: '901' } },
    customfield_3: [{ id: '5' }],
  },
};

const rows: [string, Condition, boolean][] = [
  ['its type is one of them', { fieldId: 'issuetype', is: 'anyOf', values: ['10001', '10002'] }, true],
  ['its type is none of them', { fieldId: 'issuetype', is: 'noneOf', values: ['10001'] }, false],
  [
    'its status, which is read apart from the fields',
    { fieldId: 'status', is: 'anyOf', values: ['3'] },
    true,
  ],
  ['a label', { fieldId: 'labels', is: 'anyOf', values: ['shared'] }, true],
  [
    'a label in other letters is another label',
    { fieldId: 'labels', is: 'anyOf', values: ['Shared'] },
    false,
  ],
  ['none of its labels', { fieldId: 'labels', is: 'noneOf', values: ['private'] }, true],
  ['its priority', { fieldId: 'priority', is: 'anyOf', values: ['1', '2'] }, true],
  ['one of several components', { fieldId: 'components', is: 'anyOf', values: ['72'] }, true],
  ['an empty field is none of them', { fieldId: 'customfield_1', is: 'noneOf', values: ['5'] }, true],
  ['an empty field is not one of them', { fieldId: 'customfield_1', is: 'anyOf', values: ['5'] }, false],
  ['a field that was not read', { fieldId: 'customfield_9', is: 'anyOf', values: ['5'] }, false],
  ['the second level of a choice', { fieldId: 'customfield_2', is: 'anyOf', values: ['901'] }, true],
  ['the first level of a choice', { fieldId: 'customfield_2', is: 'anyOf', values: ['900'] }, true],
  ['one of several choices', { fieldId: 'customfield_3', is: 'noneOf', values: ['5'] }, false],
];

test.each(rows)('%s', (_name, condition, expected) => {
  expect(meetsConditions([condition], issue)).toBe(expected);
});

test('every condition must hold', () => {
  const [type, , status] = rows.map(([, condition]) => condition);
  expect(meetsConditions([type, status] as Condition[], issue)).toBe(true);
  expect(meetsConditions([type, { ...status, is: 'noneOf' }] as Condition[], issue)).toBe(false);
  expect(meetsConditions([], issue)).toBe(true);
});

test('queries are asked within their own project and types, and lose their order', () => {
  const open = { projectId: '1', typeIds: ['7'] };
  const narrow = { projectId: '2', typeIds: ['7', '8'], jql: 'labels = a OR labels = b ORDER BY created' };
  const clause = '(project = 2 AND issuetype in (7, 8) AND (labels = a OR labels = b))';
  expect(anyArea([open])).toBe('project in (1)');
  expect(anyArea([narrow])).toBe(clause);
  expect(anyArea([open, narrow, open])).toBe(`(project in (1) OR ${clause})`);
  expect(anyArea([{ ...open, jql: 'order by key' }])).toBe('project in (1)');
  expect(amongIssues(['10', '11'], [narrow])).toBe(`id in (10, 11) AND ${clause}`);
});

test('what is no id cannot become a query', () => {
  expect(amongIssues(['1) OR (2=2'], [{ projectId: '1', typeIds: [] }])).toBe(
    'id in ("1) OR (2=2") AND project in (1)',
  );
});

describe('an older issue may have entered', () => {
  const labelled: Filter = { conditions: [{ fieldId: 'labels', is: 'anyOf', values: ['shared'] }] };
  const change = (at: number, fieldId: string) => ({
    id: at,
    at,
    who: 'Ada',
    fields: [{ fieldId, from: null, fromText: null }],
  });
  const table: [string, Filter | undefined, ReturnType<typeof change>[], boolean][] = [
    ['a field of a condition was changed since', labelled, [change(120, 'labels')], true],
    ['only another field was', labelled, [change(120, 'summary')], false],
    ['it was changed before', labelled, [change(80, 'labels')], false],
    ['with a query any change counts', { jql: 'x = 1' }, [change(120, 'summary')], true],
    ['without a filter none does', undefined, [change(120, 'labels')], false],
    ['an empty filter is none', { conditions: [] }, [change(120, 'labels')], false],
  ];
  test.each(table)('%s', (_name, filter, history, expected) => {
    expect(hasEntered(filter, history, 100)).toBe(expected);
  });
});

test('a condition on what is gone is found before it is agreed', () => {
  const select = {
    id: 'customfield_1',
    name: 'Colour',
    kind: 'select' as const,
    options: [{ id: '5', name: 'Red' }],
  };
  const types = [{ id: '10001', name: 'Task', subtask: false, fields: [select] }];
  const mine = { projects: [{ id: '1', name: 'Support', key: 'SUP', types }] };
  const draft = (fieldId: string, values: string[]) => ({
    id: 'm',
    label: 'Support',
    enabled: true,
    mine: '1',
    types: [],
    fields: [],
    comments: 'both' as const,
    creates: 'both' as const,
    filter: { conditions: [{ fieldId, is: 'anyOf' as const, values }] },
  });
  const levels = (fieldId: string, values: string[]) =>
    checkConditions(draft(fieldId, values), mine).map(({ level }) => level);
  expect(levels('customfield_1', ['5'])).toEqual([]);
  expect(levels('customfield_1', ['6'])).toEqual(['note']);
  expect(levels('customfield_2', ['5'])).toEqual(['blocking']);
  expect(levels('labels', ['anything'])).toEqual([]);
});
