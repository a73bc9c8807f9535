/** Gives a project another scheme: what the scheme says is written into the project. */
import type { ProjectRow } from '../entities';
import { refuse } from '../problem';
import type { Store } from '../store';

/** Ids of schemes that a request names; absent: the project keeps what it has. */
export interface WantedSchemes {
  issueType?: string;
  screen?: string;
  workflow?: string;
  permission?: string;
  security?: string;
  notification?: string;
}

/** The project with the schemes; 400 for one that does not exist or that does not fit the others. */
export function withSchemes(store: Store, project: ProjectRow, wanted: WantedSchemes): ProjectRow {
  let next = project;
  if (wanted.issueType !== undefined) next = withIssueTypes(store, next, wanted.issueType);
  if (wanted.screen !== undefined) {
    if (store.typeScreenSchemes.get(wanted.screen) === undefined)
      throw noScheme('issue type screen', wanted.screen);
    next = { ...next, screenSchemeId: wanted.screen };
  }
  if (wanted.workflow !== undefined) next = withWorkflows(store, next, wanted.workflow);
  if (wanted.permission !== undefined) next = withPermissions(store, next, wanted.permission);
  if (wanted.security !== undefined) next = withSecurity(store, next, wanted.security);
  if (wanted.notification !== undefined) {
    if (wanted.notification !== '10000') throw noScheme('notification', wanted.notification);
    next = { ...next, notificationSchemeId: wanted.notification };
  }
  return next;
}

function noScheme(kind: string, id: string) {
  return refuse(400, `The ${kind} scheme with id '${id}' does not exist.`);
}

function withIssueTypes(store: Store, project: ProjectRow, id: string): ProjectRow {
  const scheme = store.issueTypeSchemes.get(id);
  if (scheme === undefined) throw noScheme('issue type', id);
  const next = { ...project, issueTypeSchemeId: id, issueTypeIds: scheme.issueTypeIds };
  const workflows = store.workflowSchemes.must(next.workflowSchemeId ?? '');
  return { ...next, workflows: workflowsFor(scheme.issueTypeIds, workflows) };
}

/** Workflow of each issue type by a workflow scheme. */
export function workflowsFor(
  typeIds: readonly string[],
  scheme: { defaultWorkflowId: string; workflowIds: Readonly<Record<string, string>> },
): Record<string, string> {
  return Object.fromEntries(typeIds.map((id) => [id, scheme.workflowIds[id] ?? scheme.defaultWorkflowId]));
}

function withWorkflows(store: Store, project: ProjectRow, id: string): ProjectRow {
  const scheme = store.workflowSchemes.get(id);
  if (scheme === undefined) throw noScheme('workflow', id);
  return { ...project, workflowSchemeId: id, workflows: workflowsFor(project.issueTypeIds, scheme) };
}

export function withPermissions(store: Store, project: ProjectRow, id: string): ProjectRow {
  const scheme = store.permissionSchemes.get(id);
  if (scheme === undefined) throw noScheme('permission', id);
  return { ...project, permissionSchemeId: id, grants: scheme.grants };
}

function withSecurity(store: Store, project: ProjectRow, id: string): ProjectRow {
  const scheme = store.securitySchemes.get(id);
  if (scheme === undefined) throw noScheme('issue security', id);
  return { ...project, securitySchemeId: id, securityLevelIds: scheme.levelIds };
}
