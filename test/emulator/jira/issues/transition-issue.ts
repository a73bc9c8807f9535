/** The workflow engine: which transitions an issue has now, and taking one. */
import { hasProjectPermission } from '../access';
import { transitionFields } from '../admin/screens';
import type { IssueRow, StatusRow, TransitionRow, WorkflowRow } from '../entities';
import { stringIn } from '../fields/codec';
import { refuse, refuseFields } from '../problem';
import { renderStatus } from '../views/choices';
import { isDataCenter, type Session } from '../world';
import { namedItem, valueItems } from './change-items';
import { addComment } from './comments';
import {
  changedTexts,
  commitIssue,
  dropOrphans,
  readProperties,
  withResolutionDate,
  withValues,
} from './commit';
import { fieldMeta, settable, spotFor } from './field-access';
import { demandRequired, type IssueDetails, readInput } from './read-input';

function workflowOf(session: Session, issue: IssueRow): WorkflowRow {
  const project = session.store.projects.must(issue.projectId);
  return session.store.workflows.must(project.workflows[issue.typeId] ?? '');
}

/** Transitions the caller can take now, in workflow order. */
export function availableTransitions(session: Session, issue: IssueRow): TransitionRow[] {
  return leavingTransitions(session, issue).filter((transition) => fulfils(session, issue, transition));
}

/** Transitions from the status of the issue, also those whose condition the caller fails. */
export function leavingTransitions(session: Session, issue: IssueRow): TransitionRow[] {
  const project = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(session.me, project, 'TRANSITION_ISSUES')) return [];
  return workflowOf(session, issue).transitions.filter((transition) =>
    transition.from.length === 0
      ? transition.to !== issue.statusId
      : transition.from.includes(issue.statusId),
  );
}

function fulfils(session: Session, issue: IssueRow, { condition }: TransitionRow): boolean {
  const project = session.store.projects.must(issue.projectId);
  return condition === undefined || hasProjectPermission(session.me, project, condition.permission);
}

function targetOf(session: Session, issue: IssueRow, transition: TransitionRow): StatusRow {
  return session.store.statuses.must(transition.to === 'same' ? issue.statusId : transition.to);
}

/** A transition as GET shows it; `fields` only on request. The real key is `isLooped`, not the document's `looped`. */
export function renderTransition(
  session: Session,
  issue: IssueRow,
  transition: TransitionRow,
  withFields: boolean,
): Record<string, unknown> {
  const fields = withFields ? { fields: screenMeta(session, issue, transition) } : {};
  const to = renderStatus(session, targetOf(session, issue, transition));
  if (isDataCenter(session)) {
    const place = workflowOf(session, issue).transitions.findIndex((row) => row.id === transition.id);
    return { id: transition.id, name: transition.name, opsbarSequence: (place + 1) * 10, to, ...fields };
  }
  return {
    id: transition.id,
    name: transition.name,
    to,
    hasScreen: transition.screenId !== undefined,
    isGlobal: transition.from.length === 0,
    isInitial: false,
    isAvailable: fulfils(session, issue, transition),
    isConditional: transition.condition !== undefined,
    isLooped: transition.to === 'same',
    ...fields,
  };
}

function screenMeta(session: Session, issue: IssueRow, transition: TransitionRow): Record<string, unknown> {
  const project = session.store.projects.must(issue.projectId);
  const type = session.store.issueTypes.must(issue.typeId);
  const ids = settable(session, project, type, transitionFields(session.store, transition));
  return Object.fromEntries(
    ids.map((id) => {
      const spot = spotFor(session, session.store.fields.must(id), project, type, issue.id);
      return [id, fieldMeta(spot, (transition.required ?? []).includes(id))];
    }),
  );
}

/** Takes the transition a request names; refuses in the order rights, screen, required fields, validator. */
export function transitionIssue(session: Session, issue: IssueRow, details: IssueDetails): IssueRow {
  const transition = chosen(session, issue, details.transition);
  const { store } = session;
  const project = store.projects.must(issue.projectId);
  const type = store.issueTypes.must(issue.typeId);
  const screen = [...transitionFields(store, transition), 'comment'];
  const input = readInput({ session, project, type, screen, issue }, details.fields, details.update);
  const properties = readProperties(details.properties);
  const filled = withValues(issue, input.values);
  demandRequired(session, transition.required ?? [], (id) => filled.values[id]);
  const validator = transition.validator;
  if (validator !== undefined && filled.values[validator.field] === undefined)
    throw refuse(400, validator.message);

  const values = afterFunctions(session, transition, filled, input.values.has('resolution'));
  const from = store.statuses.must(issue.statusId);
  const to = targetOf(session, issue, transition);
  const moved: IssueRow = {
    ...withResolutionDate(session, issue, values),
    statusId: to.id,
    statusCategoryChanged: from.categoryId === to.categoryId ? issue.statusCategoryChanged : session.now,
    properties: { ...issue.properties, ...properties },
  };
  const items = valueItems(session, issue, moved);
  if (from.id !== to.id) items.push(namedItem('status', from, to));
  const row = commitIssue(session, moved, items, {
    typeName: 'issue_generic',
    historyMetadata: details.historyMetadata,
  });
  for (const comment of input.comments) addComment(session, row, comment);
  dropOrphans(session, issue.id, changedTexts(issue, moved));
  return store.issues.must(row.id);
}

function chosen(session: Session, issue: IssueRow, input: unknown): TransitionRow {
  if (input === undefined || input === null) throw refuse(400, "Missing 'transition' identifier");
  const id = stringIn(input, 'id');
  if (id === undefined) throw refuse(400, "Missing 'transition' identifier");
  if (!/^\d+$/.test(id)) throw refuse(400, "'transition' identifier must be an integer");
  const found = availableTransitions(session, issue).find((transition) => transition.id === id);
  if (found === undefined) {
    throw refuseFields({ transition: `Transition id '${id}' is not valid for this issue.` });
  }
  return found;
}

/** Post functions: the resolution follows the transition unless its screen set one. */
function afterFunctions(
  session: Session,
  transition: TransitionRow,
  issue: IssueRow,
  setByScreen: boolean,
): IssueRow {
  const rule = transition.resolution;
  if (rule === undefined || setByScreen) return issue;
  if ('clear' in rule) return withValues(issue, new Map([['resolution', undefined]]));
  session.store.resolutions.must(rule.set);
  return withValues(issue, new Map([['resolution', rule.set]]));
}
