/** Configure and Import. */
import type { EditorMapping } from '../../../src/api/views';
import { mapping, primaryEditor, secondaryEditor } from './data/catalogs';
import { versionEditor } from './data/finer-mappings';
import { detailAs, earlyDetail } from './data/rows';
import { statuses } from './data/statuses';
import type { Answers, Screen } from './screen';
import { detailAnswer, refused } from './screens-early';

const path = '/s/k3v9w2/configure';
const asPrimary: Answers = {
  ...detailAnswer(earlyDetail(statuses.unconfigured, { confirmedHere: true, confirmedThere: true })),
  editor: () => ({ ok: true, value: primaryEditor }),
  match: () => ({ ok: true, value: mapping }),
  saveDraft: () => ({
    ok: true,
    value: { findings: ['Severity: nothing stands for “Minor” at the partner. Issues with it wait there.'] },
  }),
};
const withMapping: Answers = {
  ...asPrimary,
  checkQuery: () => ({ ok: true, value: { errors: [] } }),
  editor: () => ({ ok: true, value: { ...primaryEditor, mappings: [mapping], revision: 3 } }),
};
const asSecondary: Answers = {
  ...detailAnswer(detailAs(statuses.update, { role: 'secondary', agreedRevision: 0, latestRevision: 1 })),
  editor: () => ({ ok: true, value: secondaryEditor }),
  saveDraft: () => ({ ok: true, value: { findings: [] } }),
};

/** With a query that Jira does not understand. */
const filtered: EditorMapping = {
  ...mapping,
  leaving: 'stop',
  filter: {
    conditions: [
      { fieldId: 'issuetype', is: 'anyOf', values: ['10001'] },
      { fieldId: 'labels', is: 'anyOf', values: ['shared', 'partner'] },
      { fieldId: 'status', is: 'noneOf', values: ['10042'] },
    ],
    jql: 'teem = Printing AND created >= -90d',
  },
};

export const editorScreens: Screen[] = [
  {
    name: 'editor-waiting',
    path,
    answers: { ...asPrimary, editor: () => ({ ok: true, value: { ...primaryEditor, partner: null } }) },
    shows: '[role="status"] section, [role="status"] h2',
  },
  { name: 'editor-begin', path, answers: asPrimary, shows: '[data-testid="editor-mine-project"]' },
  { name: 'editor', path, answers: withMapping, shows: '[data-testid="field-summary"]' },
  {
    name: 'editor-values',
    path,
    answers: withMapping,
    steps: ['values-severity', 'existing-jql'],
    shows: '[data-testid="existing-jql-text"]',
  },
  {
    name: 'editor-rest',
    path,
    answers: { ...withMapping, editor: () => ({ ok: true, value: versionEditor }) },
    steps: ['values-fix-versions'],
    shows: '[data-testid="create-fix-versions"]',
  },
  {
    name: 'editor-refused',
    path,
    answers: {
      ...withMapping,
      publish: () =>
        refused({
          code: 'invalid',
          message: 'The draft cannot be published yet.',
          fields: { note: 'Write a note.' },
        }),
    },
    steps: ['agree-and-start'],
    shows: '[data-testid="failure"]',
  },
  {
    name: 'editor-two',
    path,
    answers: {
      ...withMapping,
      editor: () => ({
        ok: true,
        value: {
          ...primaryEditor,
          mappings: [mapping, { ...mapping, id: 'dev-eng', label: 'Development and Engineering' }],
          revision: 3,
        },
      }),
    },
    slow: { match: 2_000 },
    shows: '[data-testid="mapping-dev-eng"]',
  },
  {
    name: 'editor-filter',
    path,
    answers: {
      ...withMapping,
      editor: () => ({ ok: true, value: { ...primaryEditor, mappings: [filtered], revision: 3 } }),
      checkQuery: () => ({
        ok: true,
        value: { errors: ["Field 'teem' does not exist or you do not have permission to view it."] },
      }),
    },
    shows: '[data-testid="filter-sup-gsd"] .field-error',
  },
  { name: 'import', path, answers: asSecondary, shows: '[data-testid="import-accept"]' },
  {
    name: 'import-nothing-yet',
    path,
    answers: {
      ...asSecondary,
      editor: () => ({ ok: true, value: { ...secondaryEditor, mappings: [], revision: 0, note: '' } }),
    },
    shows: '[role="status"] section, [role="status"] h2',
  },
];
