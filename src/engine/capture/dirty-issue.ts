/** Gathers dirty rows by issue, and says which of them a look at the issue answers. */
import type { Ports } from '../ports/ports';
import { type Aspect, dirtySchema, parseDirtyKey } from '../rows/dirty';

/** One aspect to look at. Without `rev` there is no row behind it. */
export interface DirtyAspect {
  aspect: Aspect;
  key: string;
  rev?: string;
  /** When it was noted last. */
  at?: number;
}

export interface DirtyIssue {
  issueId: string;
  aspects: DirtyAspect[];
}

/** Reads at once. */
const width = 10;

/** Strictly consistent; keys whose row is gone, or of another connection, are left out. */
export async function readDirty(ports: Ports, connection: string, keys: string[]): Promise<DirtyIssue[]> {
  const issues = new Map<string, DirtyIssue>();
  for (let start = 0; start < keys.length; start += width) {
    const page = keys.slice(start, start + width);
    const rows = await Promise.all(page.map((key) => ports.store.get('dirty', key)));
    for (const row of rows) {
      const named = row === undefined ? undefined : parseDirtyKey(connection, row.key);
      if (row === undefined || named === undefined) continue;
      const issue = issues.get(named.issueId) ?? { issueId: named.issueId, aspects: [] };
      const { at } = dirtySchema.parse(row.body);
      issue.aspects.push({ aspect: named.aspect, key: row.key, rev: row.rev, at });
      issues.set(named.issueId, issue);
    }
  }
  return [...issues.values()];
}

export function has(issue: DirtyIssue, aspect: Aspect): boolean {
  return issue.aspects.some((one) => one.aspect === aspect);
}

/** When an aspect was noted; undefined where it was not. */
export function notedAt(issue: DirtyIssue, aspect: Aspect): number | undefined {
  return issue.aspects.find((one) => one.aspect === aspect)?.at;
}

/** What stands behind the colon of a comment's aspect, with the aspect it belongs to. */
export function commentAspects(
  issue: DirtyIssue,
): { kind: 'comment' | 'uncomment' | 'recomment'; id: string; dirty: DirtyAspect }[] {
  return issue.aspects.flatMap((dirty) => {
    const match = /^(comment|uncomment|recomment):(.+)$/.exec(dirty.aspect);
    const [, kind, id] = match ?? [];
    if (id === undefined) return [];
    return [{ kind: kind as 'comment' | 'uncomment' | 'recomment', id, dirty }];
  });
}

/** True when Jira has to be asked about the issue itself: always, unless only parts of it were deleted. */
export function needsIssue(issue: DirtyIssue): boolean {
  return issue.aspects.some(({ aspect }) => !/^(uncomment|unwork|unfile|fetch):/.test(aspect));
}
