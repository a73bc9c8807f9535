/** Versions: how they read, their order, and what becomes of issues when one goes. */
import { hasProjectPermission } from '../access';
import type { FieldRow, IssueRow, ProjectRow, VersionRow } from '../entities';
import type { Call } from '../router';
import type { Store } from '../store';
import { formatDayInWords } from '../time';
import { renderVersionInFull, STATUS_CATEGORIES } from '../views/choices';
import { siteUrl } from '../world';
import { rewriteIssues, swapIn } from './replace-values';

/** Custom fields whose values are versions. */
export function versionFields(store: Store): FieldRow[] {
  return store.fields.all().filter((field) => field.custom && field.kind === 'versions');
}

/** Issues whose field holds the version, whoever may see them. */
export function issuesWith(store: Store, version: VersionRow, fieldId: string): IssueRow[] {
  return store.issues.by('project', version.projectId).filter((issue) => {
    const stored = issue.values[fieldId];
    return Array.isArray(stored) && stored.includes(version.id);
  });
}

/** The version with the parts that `expand` asks for. */
export function renderVersionFor(
  call: Call,
  row: VersionRow,
  expand: readonly string[],
): Record<string, unknown> {
  const words = (day: string | undefined, name: string) =>
    day === undefined ? {} : { [name]: formatDayInWords(day) };
  return {
    ...(expand.length === 0 ? {} : { expand: expand.join(',') }),
    ...renderVersionInFull(call, row.id),
    ...words(row.startDate, 'userStartDate'),
    ...words(row.releaseDate, 'userReleaseDate'),
    ...(expand.includes('issuesstatus') ? { issuesStatusForFixVersion: statusCounts(call, row) } : {}),
    ...(expand.includes('operations') ? { operations: operationsOn(call, row) } : {}),
    ...(expand.includes('driver') && row.driverId !== undefined ? { driver: row.driverId } : {}),
    // Approvers are set in Jira's own pages only, never through this interface.
    ...(expand.includes('approvers') ? { approvers: [] } : {}),
  };
}

function statusCounts(call: Call, row: VersionRow): Record<string, number> {
  const counts = { unmapped: 0, toDo: 0, inProgress: 0, done: 0 };
  const names = { TODO: 'toDo', IN_PROGRESS: 'inProgress', DONE: 'done' } as const;
  for (const issue of issuesWith(call.store, row, 'fixVersions')) {
    const { categoryId } = call.store.statuses.must(issue.statusId);
    counts[names[STATUS_CATEGORIES[categoryId].modern]] += 1;
  }
  return counts;
}

/** Links of Jira's own pages for what the caller may do with the version; empty for who administers nothing. */
function operationsOn(call: Call, row: VersionRow): Record<string, unknown>[] {
  const project: ProjectRow = call.store.projects.must(row.projectId);
  if (!hasProjectPermission(call.me, project, 'ADMINISTER_PROJECTS')) return [];
  const link = (id: string, label: string, weight: number) => ({
    id: `project-config-versions-${id}`,
    styleClass: `project-config-operations-${id}`,
    label,
    href: siteUrl(call, `/projects/${project.key}/versions/${row.id}/${id}`),
    weight,
  });
  return [
    row.released ? link('unrelease', 'Unrelease', 10) : link('release', 'Release', 10),
    row.archived ? link('unarchive', 'Unarchive', 20) : link('archive', 'Archive', 20),
    link('delete', 'Delete', 30),
  ];
}

/** Where issues of a deleted version go, by field id; a field that is not named loses the version. */
export type Replacements = ReadonlyMap<string, string>;

/** Deletes the version and swaps or clears it in every issue that holds it. */
export function removeVersion(call: Call, version: VersionRow, replacements: Replacements): void {
  const { store } = call;
  const ids = ['fixVersions', 'versions', ...versionFields(store).map((field) => field.id)];
  rewriteIssues(
    call,
    store.issues.by('project', version.projectId),
    (issue) => new Map(ids.map((id) => [id, swapIn(issue.values[id], version.id, replacements.get(id))])),
  );
  store.versions.remove(version.id);
}

/** A product event about a version, in the words of Forge's reference. */
export function emitVersion(
  call: Call,
  verb: string,
  version: VersionRow,
  more: Record<string, unknown> = {},
): void {
  call.emit(`avi:jira:${verb}:version`, {
    version: {
      id: version.id,
      name: version.name,
      description: version.description,
      archived: version.archived,
      released: version.released,
      ...(version.startDate === undefined ? {} : { startDate: version.startDate }),
      ...(version.releaseDate === undefined ? {} : { releaseDate: version.releaseDate }),
      projectId: version.projectId,
    },
    ...more,
  });
}
