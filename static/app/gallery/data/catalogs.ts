/** Projects, types and fields of both sites, and a mapping between them. */
import type { CallAnswer } from '../../../../src/api/calls';
import type { EditorMapping } from '../../../../src/api/views';

export type Catalog = CallAnswer<'editor'>['mine'];
export type Field = Catalog['projects'][number]['types'][number]['fields'][number];

export const named = (names: string[], base: number) =>
  names.map((name, index) => ({ id: String(base + index), name }));

function fields(base: number, statuses: string[], severity: string, levels: string[]): Field[] {
  const categories = ['new', 'indeterminate', 'indeterminate', 'done'] as const;
  return [
    { id: 'summary', name: 'Summary', kind: 'summary' },
    { id: 'description', name: 'Description', kind: 'richText' },
    {
      id: 'status',
      name: 'Status',
      kind: 'status',
      options: named(statuses, base).map((one, index) => ({ ...one, category: categories[index] ?? 'done' })),
    },
    {
      id: 'priority',
      name: 'Priority',
      kind: 'priority',
      options: named(['Highest', 'High', 'Medium', 'Low'], 1),
    },
    { id: 'labels', name: 'Labels', kind: 'labels' },
    { id: 'duedate', name: 'Due date', kind: 'date' },
    { id: `customfield_${base}`, name: severity, kind: 'select', options: named(levels, base + 100) },
  ];
}

const ours = fields(10_042, ['To Do', 'In Progress', 'In Review', 'Done'], 'Severity', [
  'Minor',
  'Major',
  'Critical',
]);
const others = fields(20_310, ['Open', 'Analysis', 'Testing', 'Closed'], 'Impact', [
  'Low',
  'Major',
  'Critical',
]);

export const mine: Catalog = {
  projects: [
    {
      id: '10000',
      key: 'SUP',
      name: 'Customer Support',
      types: [
        { id: '10001', name: 'Bug', subtask: false, fields: ours },
        { id: '10002', name: 'Task', subtask: false, fields: ours },
        { id: '10004', name: 'Incident', subtask: false, fields: ours },
      ],
    },
    {
      id: '10001',
      key: 'DEV',
      name: 'Development',
      types: [{ id: '10001', name: 'Bug', subtask: false, fields: ours }],
    },
    { id: '10002', key: 'PLT', name: 'Platform', types: [] },
  ],
};

export const theirs: Catalog = {
  projects: [
    {
      id: '20000',
      key: 'GSD',
      name: 'Service Desk',
      types: [
        { id: '20011', name: 'Defect', subtask: false, fields: others },
        { id: '20012', name: 'Task', subtask: false, fields: others },
      ],
    },
    {
      id: '20001',
      key: 'ENG',
      name: 'Engineering',
      types: [
        {
          id: '20011',
          name: 'Defect',
          subtask: false,
          fields: others.filter((field) => field.kind !== 'select'),
        },
      ],
    },
  ],
};

export const pairs = (labels: [string, string[], string[]][]) =>
  labels.map(([label, here, there], index) => ({ value: `v-${index}`, label, mine: here, theirs: there }));

export const both = { direction: 'both', policy: 'newest' } as const;

export const mapping: EditorMapping = {
  id: 'sup-gsd',
  label: 'Customer Support and Service Desk',
  enabled: true,
  mine: '10000',
  theirs: '20000',
  types: [
    { slot: 'bug', label: 'Bug', mine: '10001', theirs: '20011' },
    { slot: 'task', label: 'Task', mine: '10002', theirs: '20012' },
  ],
  fields: [
    { slot: 'summary', label: 'Summary', kind: 'summary', ...both, mine: 'summary', theirs: 'summary' },
    {
      slot: 'description',
      label: 'Description',
      kind: 'richText',
      ...both,
      mine: 'description',
      theirs: 'description',
    },
    {
      slot: 'status',
      label: 'Status',
      kind: 'status',
      ...both,
      mine: 'status',
      theirs: 'status',
      values: pairs([
        ['To Do', ['10042'], ['20310']],
        ['In Progress', ['10043', '10044'], ['20311', '20312']],
        ['Done', ['10045'], ['20313']],
      ]),
    },
    {
      slot: 'priority',
      label: 'Priority',
      kind: 'priority',
      ...both,
      policy: 'primary',
      mine: 'priority',
      theirs: 'priority',
      values: pairs([
        ['Highest', ['1'], ['1']],
        ['High', ['2'], ['2']],
        ['Medium', ['3'], ['3']],
        ['Low', ['4'], ['4']],
      ]),
    },
    { slot: 'labels', label: 'Labels', kind: 'labels', ...both, mine: 'labels', theirs: 'labels' },
    {
      slot: 'due-date',
      label: 'Due date',
      kind: 'date',
      direction: 'toSecondary',
      policy: 'newest',
      mine: 'duedate',
      theirs: 'duedate',
    },
    {
      slot: 'severity',
      label: 'Severity',
      kind: 'select',
      ...both,
      mine: 'customfield_10042',
      theirs: 'customfield_20310',
      values: pairs([
        ['Minor', ['10142'], []],
        ['Major', ['10143'], ['20411']],
        ['Critical', ['10144'], ['20412']],
      ]),
    },
  ],
  comments: 'both',
  creates: 'both',
};

export type Editor = CallAnswer<'editor'>;

export const primaryEditor: Editor = {
  role: 'primary',
  mine,
  partner: theirs,
  mappings: [],
  pending: false,
  revision: 0,
  note: '',
  startWhenAgreed: true,
  existing: { mode: 'new' },
};

/** What the other site sees of the mapping: its own bindings are `mine`. */
export const secondaryEditor: Editor = {
  ...primaryEditor,
  role: 'secondary',
  mine: theirs,
  partner: null,
  pending: true,
  revision: 1,
  note: 'Let us keep these in agreement: Customer Support and Service Desk.',
  mappings: [
    {
      ...mapping,
      mine: '20000',
      types: mapping.types.map(({ theirs: twin, ...type }) => ({ ...type, ...(twin ? { mine: twin } : {}) })),
      fields: mapping.fields.map(({ theirs: twin, mine: _ours, ...field }) => ({
        ...field,
        ...(twin && field.slot !== 'due-date' ? { mine: twin } : {}),
        ...(field.values
          ? { values: field.values.map((value) => ({ ...value, mine: value.theirs, theirs: [] })) }
          : {}),
      })),
    },
  ],
};
