/** An issue as Jira Software gives it: the platform's in version 2, with sprint, closed sprints, epic and flag. */
import type { IssueRow } from '../entities';
import { withMarkup } from '../routes/version-two';
import { renderIssue } from '../views/issue';
import { isDataCenter, type Session } from '../world';
import { epicIdOf, sprintIdsOf } from './board-issues';
import { agileUrl, renderAgileSprint, renderEpic, versionTwo } from './views';

export interface AgileAsk {
  fields: readonly string[];
  expand: readonly string[];
}

/** The issue with the fields asked for; without names all of them. */
export function renderAgileIssue(
  session: Session,
  issue: IssueRow,
  { fields, expand }: AgileAsk,
): Record<string, unknown> {
  const names = fields.length === 0 ? ['*all'] : fields;
  const base = renderIssue(versionTwo(session), issue, { fields: names, expand, properties: [] });
  const shown = isDataCenter(session)
    ? base
    : (withMarkup(session, base, []) as Record<string, unknown> & { fields?: object });
  const everything = names.some((name) => name === '*all' || name === '*navigable' || name.startsWith('-'));
  const isWanted = (name: string) => !names.includes(`-${name}`) && (everything || names.includes(name));
  const extra = Object.entries(agileFields(session, issue)).filter(([name]) => isWanted(name));
  return {
    ...shown,
    self: agileUrl(session, `issue/${issue.id}`),
    fields: { ...(shown['fields'] as object | undefined), ...Object.fromEntries(extra) },
  };
}

function agileFields(session: Session, issue: IssueRow): Record<string, unknown> {
  const sprints = sprintIdsOf(session, issue).map((id) => session.store.sprints.must(id));
  const current = sprints.find((sprint) => sprint.state !== 'closed');
  const closed = sprints.filter((sprint) => sprint.state === 'closed');
  const epic = session.store.issues.get(epicIdOf(session, issue));
  return {
    flagged: isFlagged(session, issue),
    sprint: current === undefined ? null : renderAgileSprint(session, current),
    // Absent rather than empty, as recorded.
    ...(closed.length === 0
      ? {}
      : { closedSprints: closed.map((sprint) => renderAgileSprint(session, sprint)) }),
    epic: epic === undefined ? null : renderEpic(session, epic),
  };
}

/** Jira's flag is a checkbox field of that name with one option. */
function isFlagged(session: Session, issue: IssueRow): boolean {
  const field = session.store.fields.all().find((row) => row.name === 'Flagged' && row.kind === 'options');
  return field !== undefined && issue.values[field.id] !== undefined;
}
