/** How workflows read in answers, in the modern form and in the one being removed. */
import { createHash } from 'node:crypto';
import type { StatusRow, TransitionRow, WorkflowRow } from '../entities';
import { STATUS_CATEGORIES } from '../views/choices';
import { renderProjectBrief } from '../views/project';
import type { Session } from '../world';

/** The UUID that Jira knows the workflow by. */
export function workflowKey(session: Session, row: WorkflowRow): string {
  const hex = createHash('sha256').update(`${session.world.facts.key} workflow ${row.id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The workflow of a UUID. */
export function workflowCalled(session: Session, key: string): WorkflowRow | undefined {
  return session.store.workflows.all().find((row) => workflowKey(session, row) === key);
}

/** Whether a project works by it. */
export function isActive(session: Session, row: WorkflowRow): boolean {
  return session.store.projects.all().some((project) => Object.values(project.workflows).includes(row.id));
}

export function modernStatus(row: StatusRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    statusCategory: STATUS_CATEGORIES[row.categoryId].modern,
    scope: { type: 'GLOBAL' },
    description: row.description,
  };
}

/** Statuses of the workflows, each once, as the modern answers list them beside the workflows. */
export function statusesOf(session: Session, rows: readonly WorkflowRow[]): Record<string, unknown>[] {
  const ids = new Set(rows.flatMap((row) => row.statusIds));
  return [...ids].map((id) => ({
    ...modernStatus(session.store.statuses.must(id)),
    statusReference: id,
  }));
}

/** Every workflow here has lived through one version. */
function versionOf(session: Session, row: WorkflowRow): Record<string, unknown> {
  return { id: workflowKey(session, { ...row, id: `${row.id} version` }), versionNumber: 1 };
}

/** The workflow as `POST /workflows` and `GET /workflows/search` give it. */
export function modernWorkflow(
  session: Session,
  row: WorkflowRow,
  withTransitions: boolean,
): Record<string, unknown> {
  return {
    id: workflowKey(session, row),
    name: row.name,
    description: '',
    scope: { type: 'GLOBAL' },
    isEditable: true,
    version: versionOf(session, row),
    statuses: row.statusIds.map((id) => ({ statusReference: id, properties: {}, deprecated: false })),
    ...(withTransitions
      ? { transitions: [creation(row), ...row.transitions.map((entry) => modernTransition(row, entry))] }
      : {}),
  };
}

function creation(row: WorkflowRow): Record<string, unknown> {
  return {
    ...emptyRules('1', 'Create', 'INITIAL'),
    toStatusReference: row.initialStatusId,
    links: [],
  };
}

function emptyRules(id: string, name: string, type: string): Record<string, unknown> {
  return { id, name, description: '', type, properties: {}, actions: [], validators: [], triggers: [] };
}

function modernTransition(row: WorkflowRow, entry: TransitionRow): Record<string, unknown> {
  const isGlobal = entry.from.length === 0;
  const from = entry.to === 'same' && isGlobal ? row.statusIds : entry.from;
  return {
    ...emptyRules(entry.id, entry.name, isGlobal ? 'GLOBAL' : 'DIRECTED'),
    // A looped transition leads nowhere else: it has no target of its own.
    ...(entry.to === 'same' ? {} : { toStatusReference: entry.to }),
    links: isGlobal ? [] : from.map((id) => ({ fromStatusReference: id, fromPort: 0, toPort: 0 })),
    actions: actionsOf(entry),
    validators: validatorsOf(entry),
    ...(entry.condition === undefined
      ? {}
      : {
          conditions: {
            operation: 'ALL',
            conditionGroups: [],
            conditions: [
              {
                ruleKey: 'system:restrict-issue-transition',
                parameters: { permissionKeys: entry.condition.permission },
              },
            ],
          },
        }),
    ...(entry.screenId === undefined
      ? {}
      : {
          transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: entry.screenId } },
        }),
  };
}

function actionsOf(entry: TransitionRow): Record<string, unknown>[] {
  if (entry.resolution === undefined) return [];
  const value = 'set' in entry.resolution ? entry.resolution.set : '';
  return [{ ruleKey: 'system:update-field', parameters: { field: 'resolution', value } }];
}

function validatorsOf(entry: TransitionRow): Record<string, unknown>[] {
  const demand = (fields: string, errorMessage: string) => ({
    ruleKey: 'system:validate-field-value',
    parameters: { ruleType: 'fieldRequired', fieldsRequired: fields, ignoreContext: 'true', errorMessage },
  });
  const required = entry.required ?? [];
  return [
    ...(required.length === 0 ? [] : [demand(required.join(','), '')]),
    ...(entry.validator === undefined ? [] : [demand(entry.validator.field, entry.validator.message)]),
  ];
}

/** The workflow as `GET /workflow/search` gives it, with the parts that `expand` names. */
export function oldWorkflow(
  session: Session,
  row: WorkflowRow,
  expand: readonly string[],
): Record<string, unknown> {
  const { store } = session;
  const has = (name: string) => expand.includes(name) || expand.some((other) => other.startsWith(`${name}.`));
  const projects = store.projects
    .all()
    .filter((project) => Object.values(project.workflows).includes(row.id));
  const schemes = store.workflowSchemes
    .all()
    .filter((scheme) => [scheme.defaultWorkflowId, ...Object.values(scheme.workflowIds)].includes(row.id));
  return {
    id: { name: row.name, entityId: workflowKey(session, row) },
    description: '',
    ...(has('transitions')
      ? { transitions: row.transitions.map((entry) => oldTransition(session, row, entry, expand)) }
      : {}),
    ...(has('statuses')
      ? {
          statuses: row.statusIds.map((id) => ({
            id,
            name: store.statuses.must(id).name,
            ...(expand.includes('statuses.properties') ? { properties: {} } : {}),
          })),
        }
      : {}),
    ...(has('default') ? { isDefault: false } : {}),
    ...(has('schemes') ? { schemes: schemes.map(({ id, name }) => ({ id, name })) } : {}),
    ...(has('projects') ? { projects: projects.map((project) => renderProjectBrief(session, project)) } : {}),
    ...(has('hasDraftWorkflow') ? { hasDraftWorkflow: false } : {}),
    ...(has('operations') ? { operations: { canEdit: true, canDelete: schemes.length === 0 } } : {}),
  };
}

function oldTransition(
  session: Session,
  _row: WorkflowRow,
  entry: TransitionRow,
  expand: readonly string[],
): Record<string, unknown> {
  const screen = session.store.screens.get(entry.screenId);
  return {
    id: entry.id,
    name: entry.name,
    description: '',
    from: entry.from,
    to: entry.to === 'same' ? '' : entry.to,
    type: entry.from.length === 0 ? 'global' : 'directed',
    ...(screen === undefined ? {} : { screen: { id: screen.id, name: screen.name } }),
    ...(expand.includes('transitions.rules') ? { rules: oldRules(entry) } : {}),
    ...(expand.includes('transitions.properties') ? { properties: {} } : {}),
  };
}

function oldRules(entry: TransitionRow): Record<string, unknown> {
  const { condition, resolution, validator, required = [] } = entry;
  const demand = (fields: readonly string[], errorMessage: string) => ({
    type: 'FieldRequiredValidator',
    configuration: { fields: [...fields], ignoreContext: true, errorMessage },
  });
  return {
    ...(condition === undefined
      ? {}
      : {
          conditionsTree: {
            nodeType: 'simple',
            type: 'PermissionCondition',
            configuration: { permissionKey: condition.permission },
          },
        }),
    validators: [
      ...(required.length === 0 ? [] : [demand(required, '')]),
      ...(validator === undefined ? [] : [demand([validator.field], validator.message)]),
    ],
    postFunctions: [
      ...(resolution === undefined
        ? []
        : [
            {
              type: 'UpdateIssueFieldFunction',
              configuration: {
                fieldId: 'resolution',
                fieldValue: 'set' in resolution ? resolution.set : '',
              },
            },
          ]),
      { type: 'UpdateIssueStatusFunction' },
      { type: 'CreateCommentFunction' },
      { type: 'GenerateChangeHistoryFunction' },
      { type: 'FireIssueEventFunction' },
    ],
  };
}
