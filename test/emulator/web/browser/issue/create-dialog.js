// The Create dialog: project, type, then the fields of that type's create screen.
import { formDialog } from '../dialog.js';
import { byTestId, fill, h, labelled } from '../dom.js';
import { showFlag } from '../flags.js';
import { allPages, rest } from '../rest.js';
import { fieldRows } from './field-rows.js';

const NOT_ON_FORM = new Set(['project', 'issuetype', 'attachment', 'issuelinks', 'reporter']);
const ON_TOP = ['summary', 'description'];

/** Opens it, with a project or a parent (sub-task) chosen beforehand. */
export async function openCreateDialog({ projectKey, parentKey } = {}) {
  const projects = await allPages('/rest/api/3/project/search?action=create&orderBy=name', 'values');
  if (projects.length === 0) {
    showFlag({ title: 'You may not create issues here', type: 'warning' });
    return;
  }
  const project = select(
    'field-project',
    projects.map((each) => [each.key, `${each.name} (${each.key})`]),
    projectKey,
  );
  const type = select('field-issuetype', []);
  const body = h('div', {}, h('p', { class: 'loading' }, 'Loading…'));
  let form;
  let loads = 0;
  const guard = (task) =>
    task()
      .catch((error) => fill(body, h('p', { class: 'error', role: 'alert' }, error.message)))
      .finally(() => body.removeAttribute('aria-busy'));
  const loadFields = () =>
    guard(async () => {
      loads += 1;
      const mine = loads;
      body.setAttribute('aria-busy', 'true');
      const next = await formFor(project.value, type.value, parentKey);
      if (mine === loads) {
        form = next;
        const isFirst = mine === 1;
        const typed = typedIn(body);
        fill(body, form.rows);
        retype(body, typed);
        if (isFirst) {
          byTestId('field-summary', body)?.focus();
        }
      }
    });
  const loadTypes = () =>
    guard(async () => {
      const types = await allPages(`/rest/api/3/issue/createmeta/${project.value}/issuetypes`, 'issueTypes');
      const fitting = types.filter((each) => each.subtask === Boolean(parentKey));
      fill(
        type,
        fitting.map((each) => h('option', { value: each.id }, each.name)),
      );
      await loadFields();
    });
  project.addEventListener('change', () => void loadTypes());
  type.addEventListener('change', () => void loadFields());
  void loadTypes();
  const created = await formDialog({
    title: parentKey ? `Create a sub-task of ${parentKey}` : 'Create issue',
    content: [labelled('Project *', project), labelled('Issue type *', type), body],
    action: 'Create',
    testId: 'create-dialog',
    submit: () =>
      rest.post('/rest/api/3/issue', {
        fields: { ...form?.read(), project: { key: project.value }, issuetype: { id: type.value } },
      }),
  });
  if (created) {
    announce(created.key);
  }
}

/** What stands in the fields: a new type shows other fields, and what was typed stays in those which are in both. */
function typedIn(body) {
  return [...body.querySelectorAll('[data-testid]')]
    .filter((field) => typeof field.value === 'string' && field.value !== '')
    .map((field) => [field.dataset.testid, field.value]);
}

function retype(body, typed) {
  for (const [testId, value] of typed) {
    const field = byTestId(testId, body);
    const isThere = field?.tagName !== 'SELECT' || [...field.options].some((one) => one.value === value);
    if (field && isThere) field.value = value;
  }
}

function select(testId, options, chosen) {
  return h(
    'select',
    { 'data-testid': testId },
    options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
}

async function formFor(projectKey, typeId, parentKey) {
  const found = await allPages(`/rest/api/3/issue/createmeta/${projectKey}/issuetypes/${typeId}`, 'fields');
  const shown = found.filter((each) => !NOT_ON_FORM.has(each.fieldId ?? each.key));
  const metas = sortFields(shown).map((each) => [each.fieldId ?? each.key, each]);
  const values = parentKey ? { parent: { key: parentKey } } : {};
  return fieldRows(metas, values, { projectKey });
}

/** Summary and description first, then what is required, then the rest as Jira orders it. */
function sortFields(fields) {
  const rank = (field) => {
    const top = ON_TOP.indexOf(field.fieldId ?? field.key);
    if (top >= 0) return top;
    return field.required ? ON_TOP.length : ON_TOP.length + 1;
  };
  return fields.toSorted((a, b) => rank(a) - rank(b));
}

function announce(key) {
  showFlag({
    id: `created-${key}`,
    title: `Created ${key}`,
    type: 'success',
    actions: [{ text: `Open ${key}`, onClick: () => location.assign(`/browse/${key}`) }],
  });
  document.dispatchEvent(new CustomEvent('emulator:created', { detail: { key } }));
}
