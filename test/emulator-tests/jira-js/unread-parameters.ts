/** Documented query parameters that change nothing here; reviewed data, each with the reason why ignoring them is right. */

interface Harmless {
  parameter: string;
  /** Part of the names of the operations for which it holds; all when absent. */
  operations?: string;
  reason: string;
}

export const HARMLESS_PARAMETERS: readonly Harmless[] = [
  {
    parameter: 'updateHistory',
    operations: 'POST /rest/api/3/issue',
    reason: 'nobody can read that history of projects',
  },
  { parameter: 'failFast', reason: 'no field ever fails to load' },
  { parameter: 'fieldsByKeys', reason: 'keys and ids are the same but for fields of Connect apps' },
  { parameter: 'notifyUsers', reason: 'no mail is sent' },
  { parameter: 'overrideEditableFlag', reason: 'no workflow here makes issues uneditable' },
  { parameter: 'skipRemoteOnlyCondition', reason: 'no workflow here hides transitions from users' },
  {
    parameter: 'returnDraftIfExists',
    reason: 'there are no drafts; then the scheme itself is the documented answer',
  },
  { parameter: 'excludeOtherServiceRoles', reason: 'there are no service projects' },
  { parameter: 'excludeConnectAddons', reason: 'apps are never among the people that pickers show' },
  { parameter: 'sessionId', reason: 'it names a request and asks for nothing' },
  {
    parameter: 'expand',
    operations: 'GET /rest/api/3/users',
    reason: 'the document names no value',
  },
  {
    parameter: 'expand',
    operations: 'GET /rest/api/3/field/search/trashed',
    reason: 'the document lists sort orders as its values, and no effect',
  },
  {
    parameter: 'expand',
    operations: 'GET /rest/api/3/filter/favourite',
    reason: 'no filters are saved here, so there is nothing to expand',
  },
  {
    parameter: 'expand',
    operations: '/rest/api/3/permissionscheme/{schemeId}/permission',
    reason: 'the schema of a holder has no place for what it would add',
  },
];
