import { checkDraft } from '#core/agreement/check-draft';
import { checkTerms } from '#core/agreement/check-terms';
import { composeDraft } from '#core/agreement/compose-draft';
import { confirmationOf, narrowContract } from '#core/agreement/narrow-contract';
import { bindingOf, contractOf } from '#core/agreement/split-draft';
import { keepVisible, mergeBinding } from '#core/agreement/suggest-binding';
import type { Catalog } from '#core/model/catalog';
import type { Contract } from '#core/model/contract';
import type { DraftMapping } from '#core/model/draft';

const options = [
  { id: '1', name: 'High' },
  { id: '2', name: 'Low' },
];
const catalog: Catalog = {
  projects: [
    {
      id: '100',
      key: 'SUP',
      name: 'Support',
      types: [
        {
          id: '11',
          name: 'Bug',
          subtask: false,
          fields: [
            { id: 'summary', name: 'Summary', kind: 'summary' },
            { id: 'priority', name: 'Priority', kind: 'priority', options },
          ],
        },
      ],
    },
  ],
};
const summary: DraftMapping['fields'][number] = {
  slot: 'f-summary',
  label: 'Summary',
  kind: 'summary',
  direction: 'both',
  policy: 'newest',
  mine: 'summary',
  theirs: 'summary',
};
const priority: DraftMapping['fields'][number] = {
  slot: 'f-priority',
  label: 'Priority',
  kind: 'priority',
  direction: 'toSecondary',
  policy: 'primary',
  mine: 'priority',
  theirs: 'priority',
  values: [
    { value: 'v-high', label: 'High', mine: ['1'], theirs: ['7', '8'] },
    { value: 'v-low', label: 'Low', mine: ['2'], theirs: [] },
  ],
};
const draft: DraftMapping = {
  id: 'm-one',
  label: 'Support',
  enabled: true,
  mine: '100',
  theirs: '900',
  types: [{ slot: 't-bug', label: 'Bug', mine: '11', theirs: '91' }],
  fields: [summary, priority],
  comments: 'both',
  creates: 'both',
};
const contract: Contract = { revision: 1, note: 'First', mappings: [contractOf(draft)] };

describe('split and compose', () => {
  test('composing what was split gives the draft back', () => {
    const composed = composeDraft(contractOf(draft), bindingOf(draft, 'mine'), bindingOf(draft, 'theirs'));
    expect(composed).toEqual(draft);
  });

  test('no local id of either site is in the contract', () => {
    const text = JSON.stringify(contractOf({ ...draft, mine: 'local-a', theirs: 'local-b' }));
    for (const id of ['local-a', 'local-b', '"11"', '"91"', '"7"']) expect(text).not.toContain(id);
  });

  test('a side without project or types is not bound', () => {
    expect(bindingOf({ ...draft, mine: undefined }, 'mine')).toBeUndefined();
    expect(bindingOf({ ...draft, types: [{ slot: 't-bug', label: 'Bug' }] }, 'mine')).toBeUndefined();
  });
});

describe('narrowContract', () => {
  test('both sites compute the same from the contract and the confirmation', () => {
    const binding = bindingOf({ ...draft, fields: [summary, { ...priority, mine: undefined }] }, 'mine');
    const confirmation = confirmationOf(contract, binding === undefined ? [] : [binding]);
    expect(confirmation).toEqual({
      mappings: ['m-one'],
      without: [{ mapping: 'm-one', slots: ['f-priority'] }],
    });
    const narrowed = narrowContract(contract, confirmation);
    expect(narrowed.mappings[0]?.fields.map((field) => field.id)).toEqual(['f-summary']);
    expect(narrowed.mappings[0]?.enabled).toBe(true);
  });

  test('a mapping that was not completed is disabled', () => {
    const narrowed = narrowContract(contract, confirmationOf(contract, []));
    expect(narrowed.mappings[0]?.enabled).toBe(false);
  });
});

describe('checkTerms', () => {
  test.each<[string, DraftMapping[], RegExp | undefined]>([
    ['the same', [draft], undefined],
    ['a field left open', [{ ...draft, fields: [summary] }], undefined],
    ['switched off here', [{ ...draft, enabled: false }], undefined],
    [
      'a mapping more',
      [draft, { ...draft, id: 'm-two', label: 'Mine' }],
      /only the primary can add a mapping/,
    ],
    ['a mapping less', [], /cannot be deleted here/],
    ['comments off', [{ ...draft, comments: 'off' }], /only the primary decides whether comments/],
    ['one way creates', [{ ...draft, creates: 'toPrimary' }], /whose issues get a twin/],
    ['a type more', [{ ...draft, types: [{ slot: 't-x', label: 'Epic' }] }], /can add an issue type/],
    ['a field more', [{ ...draft, fields: [{ ...summary, slot: 'f-x' }] }], /can add the field/],
    [
      'another direction',
      [{ ...draft, fields: [{ ...summary, direction: 'toPrimary' }] }],
      /how "Summary" travels/,
    ],
  ])('%s', (_what, edited, finding) => {
    const findings = checkTerms(contract, edited);
    if (finding === undefined) expect(findings).toEqual([]);
    else expect(findings.join(' ')).toMatch(finding);
  });

  test('comments cannot be switched on', () => {
    const off = {
      ...contract,
      mappings: contract.mappings.map((one) => ({ ...one, comments: 'off' as const })),
    };
    expect(checkTerms(off, [draft])).toHaveLength(1);
  });
});

describe('checkDraft', () => {
  const check = (change: Partial<DraftMapping>, more: DraftMapping[] = []) =>
    checkDraft([{ ...draft, ...change }, ...more], catalog);

  test('what is complete has no findings', () => {
    expect(check({})).toEqual([]);
  });

  test.each<[string, Partial<DraftMapping>, 'blocking' | 'note', RegExp]>([
    ['no project', { mine: undefined }, 'blocking', /choose a project/],
    ['a hidden project', { mine: '101' }, 'blocking', /your scope hides it/],
    ['no type', { types: [{ slot: 't-bug', label: 'Bug' }] }, 'blocking', /at least one issue type/],
    [
      'a deleted type',
      { types: [{ slot: 't-bug', label: 'Bug', mine: '19' }] },
      'blocking',
      /was deleted here/,
    ],
    ['no summary', { fields: [priority] }, 'blocking', /summary must be shared/],
    [
      'a deleted field',
      { fields: [summary, { ...priority, mine: 'customfield_1' }] },
      'blocking',
      /does not exist/,
    ],
    ['another kind', { fields: [summary, { ...priority, kind: 'select' }] }, 'blocking', /another kind/],
    [
      'a field twice',
      { fields: [summary, { ...summary, slot: 'f-x', label: 'Title' }] },
      'blocking',
      /same field/,
    ],
    ['an open field', { fields: [summary, { ...priority, mine: undefined }] }, 'note', /left out/],
    [
      'a choice twice',
      {
        fields: [summary, { ...priority, values: priority.values?.map((one) => ({ ...one, mine: ['1'] })) }],
      },
      'blocking',
      /stands for both/,
    ],
    [
      'an open value',
      { fields: [summary, { ...priority, values: priority.values?.map((one) => ({ ...one, mine: [] })) }] },
      'note',
      /nothing here stands for "High", "Low"/,
    ],
    [
      'a field of its own without a text',
      {
        fields: [summary],
        fills: [{ fieldId: 'priority', kind: 'priority', text: '', when: 'create' }],
      },
      'note',
      /what this field gets/,
    ],
    [
      'an open audience',
      { fields: [summary], commentTerms: { audiences: [{ id: 'devs', label: 'Developers' }] } },
      'note',
      /audience "Developers"/,
    ],
    [
      'a deleted value for whatever else',
      { fields: [summary, { ...priority, mineUse: { otherwise: '9' } }] },
      'blocking',
      /whatever else does not exist/,
    ],
  ])('%s', (_what, change, level, text) => {
    const findings = check(change);
    expect(
      findings
        .filter((finding) => finding.level === level)
        .map((finding) => finding.text)
        .join(' '),
    ).toMatch(text);
    expect(findings.some((finding) => finding.level === 'blocking')).toBe(level === 'blocking');
  });

  test('an issue type belongs to one mapping only', () => {
    const twice = check({}, [{ ...draft, id: 'm-two', label: 'Again' }]);
    expect(twice[0]?.text).toContain('both take "Bug" of the same project');
    expect(check({}, [{ ...draft, id: 'm-two', enabled: false }])).toEqual([]);
  });
});

describe('suggestions of the primary', () => {
  test('only what exists here is kept', () => {
    const suggestion = bindingOf({ ...draft, theirs: '100' }, 'theirs');
    expect(keepVisible(suggestion, catalog)).toBeUndefined();
    const own = bindingOf(draft, 'mine');
    expect(keepVisible(own, catalog)).toEqual(own);
    const odd = own && { ...own, fields: [...own.fields, { slot: 'f-x', fieldId: 'customfield_9' }] };
    expect(keepVisible(odd, catalog)).toEqual(own);
    expect(keepVisible(own && { ...own, projectId: '999' }, catalog)).toBeUndefined();
  });

  test('own bindings win; a suggestion fills what is new', () => {
    const suggestion = bindingOf(draft, 'mine');
    const own = suggestion && { ...suggestion, fields: suggestion.fields.slice(0, 1) };
    expect(mergeBinding(own, suggestion)).toEqual(suggestion);
    const elsewhere = own && { ...own, projectId: '555' };
    expect(mergeBinding(elsewhere, suggestion)).toEqual(elsewhere);
    expect(mergeBinding(undefined, suggestion)).toEqual(suggestion);
  });
});
