/** Links of the Jira in memory: one row seen from both issues, gone with either of them; the same link twice is one. */
import type { LocalFields } from '#engine/ports/site';
import type { SiteLinks } from '#engine/ports/site-links';
import type { SiteResult } from '#engine/ports/site-result';
import { good, invalid } from './site-answers';

interface Issue {
  id: string;
  key: string;
  visible: boolean;
  fields: LocalFields;
}

interface LinkRow {
  id: string;
  type: string;
  from: string;
  to: string;
}

export interface MemoryLinks extends SiteLinks {
  /** What people do. */
  link(actor: string, type: string, from: string, to: string): string;
  unlink(actor: string, linkId: string): void;
  /** `type from to`, by summary. */
  linksShown(): string[];
}

interface Parts<I extends Issue> {
  issues: Map<string, I>;
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: I) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  emit(kind: 'fields', issue: I, actor: string): void;
}

const types = ['Blocks', 'Relates'];

export function memoryLinks<I extends Issue>({ issues, on, emit }: Parts<I>): MemoryLinks {
  const rows = new Map<string, LinkRow>();
  let nextId = 70_000;

  /** What Jira lists with an issue: links to issues that can be seen. */
  function listed(issueId: string): unknown[] {
    return [...rows.values()].flatMap(({ id, type, from, to }) => {
      const isAway = from === issueId;
      const other = issues.get(isAway ? to : from);
      if ((!isAway && to !== issueId) || other?.visible !== true) return [];
      const end = { id: other.id, key: other.key };
      return [{ id, type: { name: type }, ...(isAway ? { outwardIssue: end } : { inwardIssue: end }) }];
    });
  }

  /** Jira raises `updated` for both, without a changelog. */
  function changed(actor: string, ...ids: string[]): void {
    for (const id of ids) {
      const issue = issues.get(id);
      if (issue === undefined) continue;
      Object.defineProperty(issue.fields, 'issuelinks', {
        get: () => listed(id),
        enumerable: true,
        configurable: true,
      });
      emit('fields', issue, actor);
    }
  }

  function link(actor: string, type: string, from: string, to: string): string {
    const same = [...rows.values()].find((row) => row.type === type && row.from === from && row.to === to);
    if (same !== undefined) return same.id;
    nextId += 3;
    const id = String(nextId);
    rows.set(id, { id, type, from, to });
    changed(actor, from, to);
    return id;
  }

  function unlink(actor: string, linkId: string): void {
    const row = rows.get(linkId);
    if (row === undefined) throw new Error(`There is no link ${linkId}.`);
    rows.delete(linkId);
    changed(actor, row.from, row.to);
  }

  const summaryOf = (id: string) => String(issues.get(id)?.fields['summary']);
  return {
    link,
    unlink,
    linksShown: () =>
      [...rows.values()].map(({ type, from, to }) => `${type} ${summaryOf(from)} ${summaryOf(to)}`).sort(),
    createLink: (name, fromIssueId, toIssueId) =>
      on('createLink', fromIssueId, { toIssueId }, ({ id }) => {
        const type = types.find((one) => one.toLowerCase() === name.toLowerCase());
        if (type === undefined) return invalid(`No issue link type with name '${name}' found.`, {});
        link('app', type, id, toIssueId);
        return good(undefined);
      }),
    deleteLink: (linkId) =>
      on('deleteLink', rows.get(linkId)?.from ?? '', {}, () => {
        unlink('app', linkId);
        return good(undefined);
      }),
  };
}
