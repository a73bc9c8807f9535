/** The projects a board's filter is about: those outside of which it can find nothing. */
import { type Clause, JastBuilder, type Operand } from '@atlaskit/jql-ast';
import { canBrowseProject, hasProjectPermission } from '../access';
import type { ProjectRow } from '../entities';
import type { Session } from '../world';
import { filterJql, issuesOf } from './board-issues';
import type { BoardRow } from './rows';

/** Texts with which the query names projects so that every issue is of one of them; undefined when it does not. */
function namedProjects(clause: Clause): string[] | undefined {
  if (clause.clauseType === 'compound') {
    const parts = clause.clauses.map(namedProjects);
    if (clause.operator.value === 'and') return parts.find((part) => part !== undefined);
    return parts.every((part) => part !== undefined) ? parts.flatMap((part) => part ?? []) : undefined;
  }
  if (clause.clauseType !== 'terminal' || clause.field.value.toLowerCase() !== 'project') return undefined;
  const operator = clause.operator?.value;
  return (operator === '=' || operator === 'in') && clause.operand !== undefined
    ? valuesOf(clause.operand)
    : undefined;
}

function valuesOf(operand: Operand): string[] | undefined {
  if (operand.operandType === 'value') return [operand.value];
  if (operand.operandType !== 'list') return undefined;
  const parts = operand.values.map(valuesOf);
  return parts.every((part) => part !== undefined) ? parts.flatMap((part) => part ?? []) : undefined;
}

/** Projects that the filter guarantees, whoever asks, by name. */
export function filterProjects(session: Session, board: BoardRow): ProjectRow[] {
  const { query } = new JastBuilder().build(filterJql(session, board));
  const names = (query?.where === undefined ? undefined : namedProjects(query.where)) ?? [];
  const written = names.map((name) => name.toLowerCase());
  const found = session.store.projects
    .all()
    .filter(({ id, key, name }) => [id, key, name].some((each) => written.includes(each.toLowerCase())));
  return byName(found);
}

/** Projects of the filter and of the issues on the board that the caller sees, by name. */
export function boardProjects(session: Session, board: BoardRow): ProjectRow[] {
  const ids = new Set(issuesOf(session, board).map((issue) => issue.projectId));
  const found = [...ids].map((id) => session.store.projects.must(id));
  const all = new Set([...filterProjects(session, board), ...found]);
  return byName([...all].filter((project) => canBrowseProject(session, project)));
}

/** Whether the caller has the permission in every project of the board. */
export function hasEverywhere(session: Session, board: BoardRow, permission: string): boolean {
  const projects = filterProjects(session, board);
  const concerned = projects.length > 0 ? projects : boardProjects(session, board);
  return (
    concerned.length > 0 &&
    concerned.every((project) => hasProjectPermission(session.me, project, permission))
  );
}

function byName(projects: readonly ProjectRow[]): ProjectRow[] {
  return [...projects].sort((left, right) => left.name.localeCompare(right.name, 'en'));
}
