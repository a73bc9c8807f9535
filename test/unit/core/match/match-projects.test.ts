/** What is proposed for two projects that say the same in other words. */
import { matchOptions } from '#core/match/match-options';
import { matchProjects } from '#core/match/match-projects';
import { nameScore } from '#core/match/similar-names';
import type { CatalogField, CatalogOption, CatalogProject } from '#core/model/catalog';
import { draftMappingSchema } from '#core/model/draft';

function options(prefix: string, ...names: string[]): CatalogOption[] {
  return names.map((name, index) => ({ id: `${prefix}${index + 1}`, name }));
}
function status(id: string, name: string, category: 'new' | 'indeterminate' | 'done'): CatalogOption {
  return { id, name, category };
}
/** Ids on both sides, value by value: `a1+a2=b1`. */
function told(values: ReturnType<typeof matchOptions>): string[] {
  return values.map(({ mine, theirs }) => `${mine.join('+')}=${theirs.join('+')}`);
}

test.each([
  ['Bug', 'bug', 1],
  ['Bug', 'Defect', 0.9],
  ['User Story', 'Requirement', 0.9],
  ['To Do', 'Reported', 0.9],
  ['Bug', 'Story', 0],
])('%s and %s', (a, b, score) => {
  expect(nameScore(a, b)).toBe(score);
  expect(nameScore(b, a)).toBe(score);
});

describe('choices', () => {
  test('go by name and meaning first', () => {
    const values = matchOptions(
      'priority',
      options('a', 'High', 'Medium', 'Low'),
      options('b', 'Low', 'Normal', 'Major'),
    );
    expect(told(values)).toEqual(['a1=b3', 'a2=b2', 'a3=b1']);
  });

  test('of a longer list of priorities join the nearest, so that each stands for one value only', () => {
    const mine = options('a', 'Highest', 'High', 'Medium', 'Low', 'Lowest');
    const values = matchOptions('priority', mine, options('b', 'Urgent', 'Normal', 'Minor'));
    expect(told(values)).toEqual(['a1+a2=b1', 'a3=b2', 'a4+a5=b3']);
    expect(told(matchOptions('priority', options('b', 'Urgent', 'Normal', 'Minor'), mine))).toEqual([
      'b1=a1+a2',
      'b2=a3',
      'b3=a4+a5',
    ]);
  });

  test('that are statuses stay within their category', () => {
    const mine = [
      status('a1', 'To Do', 'new'),
      status('a2', 'In Progress', 'indeterminate'),
      status('a3', 'Done', 'done'),
    ];
    const theirs = [
      status('b1', 'Reported', 'new'),
      status('b2', 'Triaged', 'new'),
      status('b3', 'Fixing', 'indeterminate'),
      status('b4', 'Verified', 'done'),
    ];
    expect(told(matchOptions('status', mine, theirs))).toEqual(['a1=b1+b2', 'a2=b3', 'a3=b4']);
  });

  test('of a select that are left over on one side wait for a person', () => {
    const values = matchOptions('select', options('a', 'Red', 'Green', 'Blue'), options('b', 'green', 'RED'));
    expect(told(values)).toEqual(['a1=b2', 'a2=b1', 'a3=']);
  });

  test('of a long and a short scale without a name in common are shared out by rank', () => {
    const long = options('s', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10');
    const values = matchOptions('select', long, options('i', 'High', 'Medium', 'Low'));
    expect(told(values)).toEqual(['s1+s2+s3=i1', 's5+s4+s6+s7=i2', 's10+s8+s9=i3']);
  });

  test('of two scales in other words go by their rank', () => {
    const values = matchOptions(
      'select',
      options('a', 'S1', 'S2', 'S3'),
      options('b', 'Stopper', 'Annoying', 'Ugly'),
    );
    expect(told(values)).toEqual(['a1=b1', 'a2=b2', 'a3=b3']);
  });
});

function project(
  id: string,
  name: string,
  types: [string, string][],
  fields: CatalogField[],
): CatalogProject {
  return {
    id,
    key: name.toUpperCase(),
    name,
    types: types.map(([typeId, typeName]) => ({
      id: typeId,
      name: typeName,
      subtask: typeName.startsWith('Sub'),
      fields,
    })),
  };
}

const acme = project(
  '10000',
  'Acme',
  [
    ['1', 'Bug'],
    ['2', 'Story'],
    ['3', 'Sub-task'],
  ],
  [
    { id: 'summary', name: 'Summary', kind: 'summary' },
    { id: 'description', name: 'Description', kind: 'richText' },
    { id: 'duedate', name: 'Due date', kind: 'date' },
    { id: 'customfield_10042', name: 'Severity', kind: 'select', options: options('s', 'Critical', 'Minor') },
    { id: 'customfield_10050', name: 'Notes', kind: 'richText' },
  ],
);
const globex = project(
  '20000',
  'Globex',
  [
    ['11', 'Requirement'],
    ['12', 'Defect'],
    ['13', 'Subtask'],
  ],
  [
    { id: 'summary', name: 'Summary', kind: 'summary' },
    { id: 'description', name: 'Description', kind: 'richText' },
    { id: 'duedate', name: 'Due date', kind: 'date' },
    { id: 'customfield_30001', name: 'Start', kind: 'date' },
    { id: 'customfield_30007', name: 'Impact', kind: 'select', options: options('i', 'Blocker', 'Low') },
  ],
);

test('a whole mapping: types and fields by meaning and kind, nothing forced', () => {
  const mapping = matchProjects(acme, globex);
  expect(draftMappingSchema.parse(mapping)).toEqual(mapping);
  expect(mapping).toMatchObject({
    id: 'acme-globex',
    mine: '10000',
    theirs: '20000',
    enabled: true,
    comments: 'both',
    creates: 'both',
    types: [
      { slot: 'bug', mine: '1', theirs: '12' },
      { slot: 'story', mine: '2', theirs: '11' },
    ],
  });
  expect(mapping.fields.map(({ slot, mine, theirs }) => [slot, mine, theirs])).toEqual([
    ['summary', 'summary', 'summary'],
    ['description', 'description', 'description'],
    ['due-date', 'duedate', 'duedate'],
    ['severity', 'customfield_10042', 'customfield_30007'],
  ]);
  expect(mapping.fields[3]?.values).toEqual([
    { value: 'critical', label: 'Critical', mine: ['s1'], theirs: ['i1'] },
    { value: 'minor', label: 'Minor', mine: ['s2'], theirs: ['i2'] },
  ]);
  expect(matchProjects(acme, globex)).toEqual(mapping);
});

test('projects that have nothing in common get one pair of types to begin with', () => {
  const odd = project('3', 'Odd', [['7', 'Zyx']], []);
  expect(matchProjects(odd, globex).types).toEqual([{ slot: 'zyx', label: 'Zyx', mine: '7', theirs: '11' }]);
});
