// Controls for editing a field, made from the metadata of Jira's create and edit screens.
import { richEditor } from '../adf/editor.js';
import { h } from '../dom.js';
import { q, rest } from '../rest.js';
import { kindOf } from './kinds.js';

/**
 * A control for one field: `{element, read(), labelSelf}`; `read()` gives the value as REST takes it (`null` empties).
 * `undefined` when the emulator's pages cannot edit that kind. `context` = {projectKey, issueKey, attachments}.
 */
export async function fieldEditor(meta, value, context) {
  const kind = kindOf(meta.schema);
  const make = kind && Object.hasOwn(editors, kind) ? editors[kind] : undefined;
  return make?.(meta, value, context);
}

const testIdOf = (meta) => `field-${meta.key ?? meta.fieldId}`;

function input(type, toText, toValue) {
  return (meta, value) => {
    const element = h('input', {
      type,
      value: value === null || value === undefined ? '' : toText(value),
      step: type === 'number' ? 'any' : undefined,
      required: meta.required,
      'data-testid': testIdOf(meta),
    });
    return { element, read: () => (element.value === '' ? null : toValue(element.value)) };
  };
}

const same = (value) => value;

function localMinute(value) {
  const at = new Date(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const jiraMoment = (value) => new Date(value).toISOString().replace('Z', '+0000');

const nameOf = (option) => option.name ?? option.value ?? option.key ?? option.id;

function selectOf(options, chosen, { required, testId, multiple }) {
  const element = h(
    'select',
    {
      required,
      'data-testid': testId,
      multiple,
      size: multiple ? Math.min(6, Math.max(3, options.length)) : undefined,
    },
    required || multiple ? null : h('option', { value: '' }, 'None'),
    options.map(([id, text]) => h('option', { value: id, selected: chosen.includes(id) }, text)),
  );
  return element;
}

function choice(meta, value) {
  const options = (meta.allowedValues ?? []).map((each) => [each.id, nameOf(each)]);
  const first = value ?? (meta.hasDefaultValue ? meta.defaultValue : undefined);
  const element = selectOf(options, [first?.id], { required: meta.required, testId: testIdOf(meta) });
  return { element, read: () => (element.value === '' ? null : { id: element.value }) };
}

/** Several of a list: boxes to tick, which need no modifier keys. */
function choices(meta, value) {
  const chosen = new Set((value ?? []).map((each) => each.id));
  const boxes = (meta.allowedValues ?? []).map((each) => {
    const box = h('input', { type: 'checkbox', value: each.id, checked: chosen.has(each.id) });
    box.checked = chosen.has(each.id);
    return [box, h('label', { class: 'check' }, box, nameOf(each))];
  });
  const legend = h('legend', {}, meta.name);
  const element = h(
    'fieldset',
    { class: 'checks', 'data-testid': testIdOf(meta) },
    legend,
    boxes.map(([, label]) => label),
  );
  const read = () => boxes.filter(([box]) => box.checked).map(([box]) => ({ id: box.value }));
  return { element, read, labelSelf: true };
}

function cascade(meta, value) {
  const all = meta.allowedValues ?? [];
  const parent = selectOf(
    all.map((each) => [each.id, nameOf(each)]),
    [value?.id],
    { testId: testIdOf(meta) },
  );
  const child = h('select', {
    'aria-label': `${meta.name}: second level`,
    'data-testid': `${testIdOf(meta)}-child`,
  });
  const fillChild = (chosen) => {
    const children = all.find((each) => each.id === parent.value)?.children ?? [];
    child.replaceChildren(
      h('option', { value: '' }, 'None'),
      ...children.map((each) => h('option', { value: each.id, selected: each.id === chosen }, nameOf(each))),
    );
  };
  fillChild(value?.child?.id);
  parent.addEventListener('change', () => fillChild());
  const read = () => {
    if (parent.value === '') return null;
    return { id: parent.value, ...(child.value ? { child: { id: child.value } } : {}) };
  };
  return { element: parent, extra: child, read };
}

async function assignable({ issueKey, projectKey }) {
  const path = '/rest/api/3/user/assignable/search';
  return rest.get(
    q(path, issueKey ? { issueKey, maxResults: 100 } : { project: projectKey, maxResults: 100 }),
  );
}

async function peopleFor(meta, context) {
  const people =
    meta.schema.system === 'assignee'
      ? await assignable(context)
      : await rest.get(q('/rest/api/3/users/search', { maxResults: 100 }));
  return people.filter((each) => each.accountType !== 'app' || meta.schema.system === 'assignee');
}

function withCurrent(people, current) {
  const missing = current.filter((each) => !people.some((person) => person.accountId === each.accountId));
  return [...people, ...missing].map((each) => [each.accountId, each.displayName]);
}

async function user(meta, value, context) {
  const people = withCurrent(await peopleFor(meta, context), value ? [value] : []);
  const element = selectOf(people, [value?.accountId], { required: meta.required, testId: testIdOf(meta) });
  return { element, read: () => (element.value === '' ? null : { accountId: element.value }) };
}

async function users(meta, value, context) {
  const people = withCurrent(await peopleFor(meta, context), value ?? []);
  const chosen = (value ?? []).map((each) => each.accountId);
  const element = selectOf(people, chosen, { multiple: true, testId: testIdOf(meta) });
  return { element, read: () => [...element.selectedOptions].map((option) => ({ accountId: option.value })) };
}

function words(meta, value) {
  const isGroups = meta.schema.items === 'group';
  const text = (value ?? []).map((each) => (typeof each === 'string' ? each : each.name)).join(' ');
  const element = h('input', {
    value: text,
    placeholder: 'Separated by spaces',
    'data-testid': testIdOf(meta),
  });
  const read = () => {
    const parts = element.value.split(/\s+/).filter(Boolean);
    return isGroups ? parts.map((name) => ({ name })) : parts;
  };
  return { element, read };
}

function rich(meta, value, context) {
  const editor = richEditor({
    value,
    testId: testIdOf(meta),
    label: meta.name,
    attachments: context.attachments,
  });
  return {
    element: editor.element,
    read: () => editor.read() ?? null,
    focus: editor.focus,
    labelSelf: true,
    title: meta.name,
  };
}

function time(meta, value) {
  const original = h('input', {
    value: value?.originalEstimate ?? '',
    placeholder: '3d 4h',
    'aria-label': 'Original estimate',
    'data-testid': testIdOf(meta),
  });
  const remaining = h('input', {
    value: value?.remainingEstimate ?? '',
    placeholder: '2h',
    'aria-label': 'Remaining estimate',
  });
  const read = () => {
    const written = Object.entries({ originalEstimate: original.value, remainingEstimate: remaining.value });
    const filled = written.filter(([, text]) => text.trim() !== '');
    return filled.length === 0 ? null : Object.fromEntries(filled);
  };
  return { element: original, extra: remaining, read };
}

const editors = {
  text: input('text', same, same),
  url: input('url', same, same),
  number: input('number', String, Number),
  date: input('date', same, same),
  datetime: input('datetime-local', localMinute, jiraMoment),
  group: input(
    'text',
    (value) => value.name,
    (name) => ({ name }),
  ),
  issue: input(
    'text',
    (value) => value.key,
    (key) => ({ key }),
  ),
  sprint: input('number', (value) => String(value[0]?.id ?? ''), Number),
  choice,
  choices,
  cascade,
  user,
  users,
  words,
  rich,
  time,
};
