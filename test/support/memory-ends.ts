/** How issues of the Jira in memory come to an end: deletion with its rules for sub-tasks, moves, archiving. */
import type { LocalFields, Site } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { gone, good, invalid } from './site-answers';

interface Issue {
  id: string;
  key: string;
  projectId: string;
  fields: LocalFields;
  archived?: boolean;
}

export interface MemoryEnds {
  port: Pick<Site, 'deleteIssue'>;
  /** What people do. */
  moveTo(issueId: string, project: { id: string; key: string }): void;
  /** Jira raises no event for it. */
  archive(issueId: string, isArchived?: boolean): void;
  /** As the issue names them. */
  setSubtasks(issueId: string, subtasks: readonly Issue[]): void;
}

interface Parts<I extends Issue> {
  issues: Map<string, I>;
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: I) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  emit(kind: 'deleted', issue: I, actor: string): void;
  /** Of a moved issue Jira names the new project, and the history of the event the old one. */
  tell(event: { kind: 'fields'; issueId: string; projectId: string; bySelf: boolean; isMoved: true }): void;
}

export function memoryEnds<I extends Issue>({ issues, on, emit, tell }: Parts<I>): MemoryEnds {
  function must(issueId: string): I {
    const issue = issues.get(issueId);
    if (issue === undefined) throw new Error(`There is no issue ${issueId}.`);
    return issue;
  }

  function subtasksOf(issue: I): { id: string }[] {
    const all = (issue.fields['subtasks'] ?? []) as { id: string }[];
    return all.filter(({ id }) => issues.has(id));
  }

  return {
    port: {
      deleteIssue: (issueId, withSubtasks) =>
        on('deleteIssue', issueId, {}, (issue) => {
          const parts = subtasksOf(issue);
          if (parts.length > 0 && !withSubtasks) return invalid('The issue has subtasks.', {});
          for (const { id } of parts) issues.delete(id);
          if (!issues.delete(issue.id)) return gone('No such issue.');
          emit('deleted', issue, 'app');
          return good(undefined);
        }),
    },
    moveTo(issueId, project) {
      const issue = must(issueId);
      issue.projectId = project.id;
      issue.key = `${project.key}-${issue.id}`;
      tell({ kind: 'fields', issueId, projectId: issue.projectId, bySelf: false, isMoved: true });
    },
    archive(issueId, isArchived = true) {
      must(issueId).archived = isArchived;
    },
    setSubtasks(issueId, subtasks) {
      must(issueId).fields['subtasks'] = subtasks.map(({ id, key }) => ({ id, key }));
    },
  };
}
