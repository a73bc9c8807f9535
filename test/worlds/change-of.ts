/** What the app makes of an event of the Jira in memory. */
import type { NotedChange } from '#engine/note-change';
import type { SiteEvent } from '../support/memory-site';

/** As Jira does: events of files and of logged work do not name the project. */
export function changeOf({ kind, issueId, projectId, commentId = '' }: SiteEvent): NotedChange {
  switch (kind) {
    case 'file':
    case 'fileDeleted':
      return { kind, issueId, fileId: commentId };
    case 'work':
    case 'workDeleted':
      return { kind, issueId, worklogId: commentId };
    case 'comment':
    case 'commentDeleted':
      return { kind, issueId, projectId, commentId };
    default:
      return { kind, issueId, projectId };
  }
}
