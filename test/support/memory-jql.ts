/** The little JQL that the memory site understands: `labels = WORD`, joined by OR, within what the app puts around it, and `updated`. */
import type { LocalFields } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { good, invalid } from './site-answers';

interface Issue {
  projectId: string;
  typeId: string;
  visible: boolean;
  fields: LocalFields;
}

interface Jira {
  issues: ReadonlyMap<string, Issue>;
  call<T>(name: string, request: LocalFields, act: () => SiteResult<T>): Promise<SiteResult<T>>;
}

/** As Jira answers: the store, not the index, and a refusal for what nobody understands. */
export function memoryJql({ issues, call }: Jira) {
  return {
    matching: (ids: string[], jql: string) =>
      call('matching', { jql }, () => {
        if (ids.length > 50) throw new Error('More than 50 issues cannot be reconciled.');
        if (jql.includes('nonsense')) return invalid('Error in the JQL query.', {});
        const named = /^id in \(([^)]*)\)/.exec(jql)?.[1]?.split(', ') ?? [];
        const found = named.filter((id) => {
          const issue = issues.get(id);
          return issue?.visible === true && meets(issue, jql);
        });
        return good(found);
      }),
    checkJql: (queries: string[]) =>
      call('checkJql', {}, () =>
        good(queries.map((jql) => (jql.includes('nonsense') ? ['Error in the JQL query.'] : []))),
      ),
  };
}

/** `updated >= "-90m"`, where a query says that. */
export function isYoung(jql: string, updatedAt: number, now: number): boolean {
  const minutes = /updated >= "-(\d+)m"/.exec(jql)?.[1];
  return minutes === undefined || updatedAt >= now - Number(minutes) * 60_000;
}

/** Each part in brackets is the filter of one mapping: `(project = 1 AND issuetype in (2) AND (labels = a))`. */
function meets(issue: Issue, jql: string): boolean {
  const parts = [
    ...jql.matchAll(
      /project = (\d+) AND issuetype in \(([^)]*)\) AND \((labels = \w+(?: OR labels = \w+)*)\)/g,
    ),
  ];
  return parts.some(([, project, types = '', condition = '']) => {
    const words = [...condition.matchAll(/labels = (\w+)/g)].map(([, word]) => word);
    const labels = issue.fields['labels'] as string[];
    return (
      project === issue.projectId &&
      types.split(', ').includes(issue.typeId) &&
      words.some((word) => labels.includes(word ?? ''))
    );
  });
}
