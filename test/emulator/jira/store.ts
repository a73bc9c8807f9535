/** A small in-memory database: tables of immutable rows with indexes, undo of a failed request, snapshot and restore. */
import { serverTables } from '../data-center/tables';
import { adminTables } from './admin/tables';
import { agileTables } from './agile/tables';
import { dailyTables } from './daily/tables';
import type * as entity from './entities';
import { type Journal, Table } from './table';

export type Store = ReturnType<typeof createStore>;

/** An empty database of one site. */
export function createStore() {
  let undo: (() => void)[] | undefined;
  /** Issues written since the transaction began, as they were before it. */
  let touched = new Map<string, entity.IssueRow | undefined>();
  const journal: Journal = {
    note: (step, table, before, id) => {
      undo?.push(step);
      if (table === tables.issues && !touched.has(id)) touched.set(id, before as entity.IssueRow | undefined);
    },
  };
  /** A part of a transaction that is undone alone when it throws. */
  function savepoint<T>(steps: (() => void)[], task: () => T): T {
    const mark = steps.length;
    try {
      return task();
    } catch (error) {
      undo = undefined;
      for (const step of steps.splice(mark).reverse()) step();
      undo = steps;
      throw error;
    }
  }
  const ofIssue = { issue: (row: { issueId: string }) => [row.issueId] };
  const tables = {
    users: new Table<entity.UserRow>(journal),
    groups: new Table<entity.GroupRow>(journal),
    roles: new Table<entity.RoleRow>(journal),
    projects: new Table<entity.ProjectRow>(journal, {
      key: (row) => [row.key, ...(row.formerKeys ?? [])],
    }),
    issueTypes: new Table<entity.IssueTypeRow>(journal),
    statuses: new Table<entity.StatusRow>(journal),
    workflows: new Table<entity.WorkflowRow>(journal),
    fields: new Table<entity.FieldRow>(journal),
    contexts: new Table<entity.ContextRow>(journal, { field: (row) => [row.fieldId] }),
    options: new Table<entity.OptionRow>(journal, { field: (row) => [row.fieldId] }),
    priorities: new Table<entity.PriorityRow>(journal),
    resolutions: new Table<entity.ResolutionRow>(journal),
    linkTypes: new Table<entity.LinkTypeRow>(journal),
    securityLevels: new Table<entity.SecurityLevelRow>(journal),
    versions: new Table<entity.VersionRow>(journal, { project: (row) => [row.projectId] }),
    components: new Table<entity.ComponentRow>(journal, { project: (row) => [row.projectId] }),
    sprints: new Table<entity.SprintRow>(journal),
    issues: new Table<entity.IssueRow>(journal, {
      key: (row) => [row.key, ...row.formerKeys],
      project: (row) => [row.projectId],
      parent: (row) => (typeof row.values['parent'] === 'string' ? [row.values['parent']] : []),
    }),
    comments: new Table<entity.CommentRow>(journal, ofIssue),
    attachments: new Table<entity.AttachmentRow>(journal, { ...ofIssue, media: (row) => [row.mediaId] }),
    blobs: new Table<entity.BlobRow>(journal),
    links: new Table<entity.LinkRow>(journal, { issue: (row) => [row.sourceId, row.destinationId] }),
    remoteLinks: new Table<entity.RemoteLinkRow>(journal, ofIssue),
    worklogs: new Table<entity.WorklogRow>(journal, ofIssue),
    histories: new Table<entity.HistoryRow>(journal, ofIssue),
    filters: new Table<entity.FilterRow>(journal),
    counters: new Table<entity.CounterRow>(journal),
    ...adminTables((indexers) => new Table(journal, indexers)),
    ...agileTables((indexers) => new Table(journal, indexers)),
    ...dailyTables((indexers) => new Table(journal, indexers)),
    ...serverTables((indexers) => new Table(journal, indexers)),
  };
  const named = Object.entries(tables) as unknown as [string, Table<entity.Row>][];
  return {
    ...tables,

    /** Next id of a kind, as the digits Jira writes. */
    nextId(kind: string): string {
      const next = tables.counters.get(kind)?.next ?? 10000;
      tables.counters.put({ id: kind, next: next + 1 });
      return String(next);
    },

    /** Runs `task`; when it throws, nothing of what it wrote stays. `onIssue` hears which issues it wrote. */
    atomically<T>(
      task: () => T,
      onIssue: (
        id: string,
        before: entity.IssueRow | undefined,
        after: entity.IssueRow | undefined,
      ) => void = () => undefined,
    ): T {
      if (undo !== undefined) return savepoint(undo, task);
      const steps: (() => void)[] = [];
      undo = steps;
      touched = new Map();
      try {
        const result = task();
        for (const [id, before] of touched) onIssue(id, before, tables.issues.get(id));
        return result;
      } catch (error) {
        undo = undefined;
        for (const step of steps.reverse()) step();
        throw error;
      } finally {
        undo = undefined;
      }
    },

    snapshot(): Record<string, unknown> {
      return Object.fromEntries(named.map(([name, table]) => [name, table.all()]));
    },

    restore(snapshot: Record<string, unknown>): void {
      for (const [name, table] of named) {
        const rows = snapshot[name];
        table.load(Array.isArray(rows) ? (rows as entity.Row[]) : []);
      }
    },
  };
}
