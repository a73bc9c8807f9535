/** Logged work of the Jira in memory: entries with their own ids and marks, and the events that Jira raises. */
import type { Adf } from '#core/model/value';
import type { LocalFields } from '#engine/ports/site';
import type { Mark, SiteResult } from '#engine/ports/site-result';
import type { SiteWorklogs, WorklogRead, WorklogText } from '#engine/ports/site-worklogs';
import { clone, gone, good, invalid } from './site-answers';

export interface MemoryWorklog extends WorklogRead {
  issueId: string;
}

export interface MemoryWorklogs {
  port: SiteWorklogs;
  of(issueId: string): MemoryWorklog[];
  /** What people do. */
  log(actor: string, issueId: string, work: { seconds: number; started: number; text?: Adf }): MemoryWorklog;
  edit(actor: string, worklogId: string, change: Partial<WorklogText> & { restricted?: boolean }): void;
  remove(actor: string, worklogId: string): void;
}

interface Parts {
  firstId: number;
  now(): number;
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: { id: string }) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  ask<T>(name: string, act: () => SiteResult<T>): Promise<SiteResult<T>>;
  emit(kind: 'work' | 'workDeleted', issueId: string, worklogId: string, actor: string): void;
}

export function memoryWorklogs({ firstId, now, on, ask, emit }: Parts): MemoryWorklogs {
  const all = new Map<string, MemoryWorklog>();
  /** When each was written or deleted last. */
  const written = new Map<string, number>();
  const deleted = new Map<string, number>();
  let nextId = firstId;

  function add(
    actor: string,
    issueId: string,
    text: Omit<WorklogText, 'body'> & { body: Adf | null },
    marks: Mark[],
  ) {
    const authorName = actor === 'app' ? 'Concord' : actor;
    const entry = { authorName, createdAt: now(), restricted: false, marks };
    const worklog = { id: String(nextId), issueId, ...clone(text), ...entry };
    nextId += 5;
    all.set(worklog.id, worklog);
    written.set(worklog.id, now());
    emit('work', issueId, worklog.id, actor);
    return worklog;
  }

  function must(id: string): MemoryWorklog {
    const worklog = all.get(id);
    if (worklog === undefined) throw new Error(`There is no worklog ${id}.`);
    return worklog;
  }

  function edit(actor: string, id: string, change: Partial<WorklogText> & { restricted?: boolean }): void {
    const worklog = Object.assign(must(id), clone(change));
    written.set(id, now());
    emit('work', worklog.issueId, id, actor);
  }

  function remove(actor: string, id: string): void {
    const { issueId } = must(id);
    all.delete(id);
    deleted.set(id, now());
    emit('workDeleted', issueId, id, actor);
  }

  function onOne<T>(name: string, issueId: string, id: string, act: (worklog: MemoryWorklog) => T) {
    return on<T>(name, issueId, {}, (issue) => {
      const worklog = all.get(id);
      return worklog?.issueId === issue.id
        ? good(act(worklog))
        : gone(`Cannot find worklog with id: '${id}'.`);
    });
  }

  const of = (issueId: string) => [...all.values()].filter((one) => one.issueId === issueId);
  return {
    of,
    log: (actor, issueId, { seconds, started, text }) =>
      add(actor, issueId, { seconds, started, body: text ?? null }, []),
    edit,
    remove,
    port: {
      readWorklog: (issueId, id) => onOne('readWorklog', issueId, id, (worklog) => worklog),
      changedWorklogs: (since) =>
        ask('changedWorklogs', () => {
          // As Jira does: the last minute is not told yet.
          const isTold = (at = 0) => at >= since && at < now() - 60_000;
          const logged = [...all.values()].filter(({ id }) => isTold(written.get(id)));
          const gone_ = [...deleted].filter(([, at]) => isTold(at)).map(([id]) => id);
          return good({ logged, deleted: gone_ });
        }),
      listWorklogs: (issueId) => on('listWorklogs', issueId, {}, ({ id }) => good(of(id))),
      createWorklog: (issueId, text, mark) =>
        on('createWorklog', issueId, {}, ({ id }) => {
          // As Jira does: nothing shorter than a minute is logged.
          if (text.seconds < 60) return invalid('Worklog must not be null or less than one minute.', {});
          return good({ id: add('app', id, text, [mark]).id });
        }),
      updateWorklog: (issueId, id, text) => onOne('updateWorklog', issueId, id, () => edit('app', id, text)),
      deleteWorklog: (issueId, id) => onOne('deleteWorklog', issueId, id, () => remove('app', id)),
    },
  };
}
