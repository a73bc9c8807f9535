/** Archiving: an archived issue can be read by its key, changes no more and is not found by search. */
import { findIssue, hasProjectPermission, issueOf } from '../../jira/access';
import type { IssueRow } from '../../jira/entities';
import { refuse } from '../../jira/problem';
import { type Call, NO_CONTENT, type Reply, type Route, route } from '../../jira/router';
import { requireUser } from '../../jira/world';

const NOTE = 'whoever administers the project may; the permission of its own is not known here';

export const archiveRoutes: readonly Route[] = [
  route('PUT /rest/api/2/issue/{issueIdOrKey}/archive', (call) => setArchived(call, true), { note: NOTE }),
  route('PUT /rest/api/2/issue/{issueIdOrKey}/restore', (call) => setArchived(call, false), { note: NOTE }),
];

/** Sub-tasks go with their parent. */
function setArchived(call: Call, archive: boolean): Reply {
  const me = requireUser(call);
  const issue = issueOf(call, call.params['issueIdOrKey'] ?? '');
  const project = call.store.projects.must(issue.projectId);
  if (!hasProjectPermission(me, project, 'ADMINISTER_PROJECTS')) {
    throw refuse(403, 'You do not have permission to archive or restore issues in this project.');
  }
  if ((issue.archived !== undefined) === archive) {
    throw refuse(403, archive ? 'The issue is archived already.' : 'The issue is not archived.');
  }
  const children = call.store.issues
    .by('parent', issue.id)
    .filter((row) => call.store.issueTypes.must(row.typeId).hierarchyLevel < 0);
  for (const row of [issue, ...children])
    call.store.issues.put(marked(call, row, archive ? me.id : undefined));
  return NO_CONTENT;
}

function marked(call: Call, issue: IssueRow, by: string | undefined): IssueRow {
  const { archived: _gone, ...rest } = issue;
  return by === undefined ? rest : { ...rest, archived: { at: call.now, by } };
}

/** The routes with a refusal of every write to an archived issue. */
export function readOnlyWhenArchived(routes: readonly Route[]): Route[] {
  return routes.map((entry) => {
    const writes = !entry.operation.startsWith('GET ') && entry.operation.includes('{issueIdOrKey}');
    if (!writes || entry.operation.endsWith('/restore') || entry.operation.endsWith('/archive')) return entry;
    return {
      ...entry,
      run(call) {
        const issue = findIssue(call, call.params['issueIdOrKey'] ?? '');
        if (issue?.archived !== undefined) {
          issueOf(call, issue.id);
          throw refuse(403, `Issue ${issue.key} is archived and cannot be changed.`);
        }
        return entry.run(call);
      },
    };
  });
}
