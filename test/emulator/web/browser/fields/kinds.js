// Which kind of value a field holds, told from the schema that Jira's metadata give.

const PLAIN = {
  date: 'date',
  datetime: 'datetime',
  number: 'number',
  priority: 'choice',
  resolution: 'choice',
  securitylevel: 'choice',
  issuetype: 'choice',
  project: 'choice',
  option: 'choice',
  version: 'choice',
  component: 'choice',
  'option-with-child': 'cascade',
  user: 'user',
  group: 'group',
  issuelink: 'issue',
  timetracking: 'time',
  doc: 'rich',
};

const LISTS = {
  option: 'choices',
  version: 'choices',
  component: 'choices',
  user: 'users',
  string: 'words',
  group: 'words',
};

const RICH_SYSTEM = new Set(['description', 'environment']);

/** Kind of a field by its schema; `undefined` for what has a place of its own (attachments, links, comments). */
export function kindOf(schema) {
  if (!schema) return undefined;
  if (RICH_SYSTEM.has(schema.system) || schema.custom?.endsWith(':textarea')) return 'rich';
  if (schema.type === 'array') return schema.custom?.endsWith(':gh-sprint') ? 'sprint' : LISTS[schema.items];
  if (schema.type === 'string') return schema.custom?.endsWith(':url') ? 'url' : 'text';
  if (schema.type === 'any') return schema.custom?.endsWith(':gh-epic-link') ? 'text' : undefined;
  return PLAIN[schema.type];
}

/** Fields that an issue page and the dialogs show elsewhere or not at all. */
export const ELSEWHERE = new Set([
  'attachment',
  'comment',
  'issuelinks',
  'worklog',
  'subtasks',
  'issuetype',
  'project',
  'status',
  'summary',
  'description',
]);
