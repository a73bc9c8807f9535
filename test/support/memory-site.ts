/** A small Jira in memory behind the Site port: its own ids, a workflow, marks, a search index that lags, failures on demand. */
import type { z } from 'zod';
import type { Audience } from '#core/model/comment-terms';
import type { adfSchema } from '#core/model/value';
import type { CreateRequest, LocalFields, Site } from '#engine/ports/site';
import type { Mark, SiteFailure, SiteResult } from '#engine/ports/site-result';
import type { Clock } from '#engine/ports/world';
import type { SiteFacts } from '../worlds/site-facts';
import { memoryComments, readComment } from './memory-comments';
import { type MemoryEnds, memoryEnds } from './memory-ends';
import { type MemoryFiles, memoryFiles } from './memory-files';
import { isEcho, noteChange, read, withHistory } from './memory-history';
import { isYoung, memoryJql } from './memory-jql';
import { type MemoryLinks, memoryLinks } from './memory-links';
import { type MemoryWorklogs, memoryWorklogs } from './memory-worklogs';
import { refusedFields } from './refused-fields';
import { clone, denied, gone, good, invalid, same } from './site-answers';

export interface MemoryComment {
  id: string;
  body: z.infer<typeof adfSchema>;
  author: string;
  restricted: boolean;
  /** Who may see it, where it is restricted to people with a role or in a group. */
  audience?: Audience;
  marks: Mark[];
  createdAt: number;
  updatedAt: number;
}

export interface MemoryIssue {
  id: string;
  key: string;
  projectId: string;
  typeId: string;
  statusId: string;
  fields: LocalFields;
  marks: Mark[];
  restricted: boolean;
  /** False: the app's user cannot see it. */
  visible: boolean;
  createdAt: number;
  updatedAt: number;
  archived?: boolean;
  comments: MemoryComment[];
}

export interface SiteEvent {
  kind: 'fields' | 'deleted' | 'comment' | 'commentDeleted' | 'work' | 'workDeleted' | 'file' | 'fileDeleted';
  issueId: string;
  projectId: string;
  /** Of the comment, or of the file. */
  commentId?: string;
  /** Made by the app itself. */
  bySelf: boolean;
  isMoved?: true;
}

/** Who changes: a person by name, or the app through the port. */
type Actor = string | 'app';

export interface MemorySite extends Site, MemoryLinks {
  facts: SiteFacts;
  issues: Map<string, MemoryIssue>;
  /** Calls of the app by verb, and writes of it that changed nothing. */
  calls: Record<string, number>;
  echoes: string[];
  /** What the app may not write: answers the failure for a call, or undefined. */
  failure: (call: string, request: LocalFields) => SiteFailure | undefined;
  /** True: Jira does it, but its answer is lost. */
  losesAnswer: (call: string) => boolean;
  onEvent: (event: SiteEvent) => void;
  indexLagMs: number;
  worklogs: MemoryWorklogs;
  ends: MemoryEnds;
  files: MemoryFiles;
  /** What people do. */
  people: {
    create(actor: string, summary: string, fields?: LocalFields, where?: 'private'): MemoryIssue;
    edit(actor: string, issueId: string, fields: LocalFields): void;
    move(actor: string, issueId: string, statusId: string): boolean;
    comment(actor: string, issueId: string, text: string | Document, restricted?: boolean): MemoryComment;
    editComment(actor: string, issueId: string, commentId: string, text: string | Document): void;
    deleteComment(issueId: string, commentId: string): void;
    remove(issueId: string): void;
  };
}

type Document = z.infer<typeof adfSchema>;

function documentOf(text: string | Document): Document {
  return typeof text === 'string' ? paragraph(text) : text;
}

export function paragraph(text: string): Document {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

export function memorySite(facts: SiteFacts, clock: Clock): MemorySite {
  const issues = new Map<string, MemoryIssue>();
  const numbers = new Map([
    [facts.project.id, facts.project.firstNumber],
    [facts.privateProject.id, facts.privateProject.firstNumber],
  ]);
  let [nextIssue, nextComment, lastChange] = [facts.firstIssueId, facts.firstIssueId * 10, 0];

  /** Jira's change times differ, also when two things happen within a millisecond. */
  function tick(): number {
    lastChange = Math.max(lastChange + 1, clock.now());
    return lastChange;
  }

  function emit(kind: SiteEvent['kind'], issue: MemoryIssue, actor: Actor, commentId?: string): void {
    const about = { kind, issueId: issue.id, projectId: issue.projectId, bySelf: actor === 'app' };
    // As Jira does, whatever it is.
    issue.updatedAt = Math.max(issue.updatedAt, lastChange, clock.now());
    site.onEvent(commentId === undefined ? about : { ...about, commentId });
  }

  function create(actor: Actor, projectId: string, fields: LocalFields, marks: Mark[]): MemoryIssue {
    const number = numbers.get(projectId) ?? 1;
    numbers.set(projectId, number + 1);
    const project = projectId === facts.project.id ? facts.project : facts.privateProject;
    const at = tick();
    const issue: MemoryIssue = {
      id: String(nextIssue),
      key: `${project.key}-${number}`,
      projectId,
      typeId: facts.typeId,
      statusId: facts.statuses[0]?.id ?? '',
      // As Jira does: a new issue without a priority gets the default one.
      fields: { priority: { id: facts.priorities[1]?.id }, labels: [], ...clone(fields) },
      marks,
      restricted: false,
      visible: true,
      createdAt: at,
      updatedAt: at,
      comments: [],
    };
    nextIssue += 3;
    issues.set(issue.id, issue);
    emit('fields', issue, actor);
    return issue;
  }

  function createByApp({
    projectId,
    typeId,
    fields,
    mark,
  }: CreateRequest): SiteResult<{ id: string; key: string }> {
    if (typeId !== facts.typeId || !numbers.has(projectId)) return gone('No such project or issue type.');
    if (typeof fields['summary'] !== 'string') {
      return invalid('A new issue needs a summary.', { summary: 'Summary is required.' });
    }
    const refused = refusedFields(facts, fields) ?? files.refuse(undefined, Object.values(fields));
    if (refused !== undefined) return refused;
    const { id, key } = create('app', projectId, fields, [mark]);
    return good({ id, key });
  }

  function edit(actor: Actor, issue: MemoryIssue, fields: LocalFields): void {
    if (actor === 'app' && isEcho(issue, fields)) {
      site.echoes.push(`edit ${issue.key} ${JSON.stringify(fields)}`);
    }
    issue.updatedAt = tick();
    noteChange(issue, actor, fields, issue.updatedAt);
    const before = Object.keys(fields).map((id) => issue.fields[id]);
    Object.assign(issue.fields, clone(fields));
    emit('fields', issue, actor);
    files.dropOrphans(issue.id, before, actor);
  }

  function move(actor: Actor, issue: MemoryIssue, statusId: string): boolean {
    if (!(facts.steps[issue.statusId] ?? []).includes(statusId)) return false;
    issue.updatedAt = tick();
    noteChange(issue, actor, { status: { id: statusId } }, issue.updatedAt);
    issue.statusId = statusId;
    emit('fields', issue, actor);
    return true;
  }

  function addComment(
    actor: Actor,
    issue: MemoryIssue,
    facts_: Pick<MemoryComment, 'body' | 'restricted' | 'audience' | 'marks'>,
  ): MemoryComment {
    const at = tick();
    const author = actor === 'app' ? 'Concord' : actor;
    const comment = { id: String(nextComment), author, createdAt: at, updatedAt: at, ...facts_ };
    nextComment += 7;
    issue.comments.push(comment);
    emit('comment', issue, actor, comment.id);
    return comment;
  }

  function editComment(
    actor: Actor,
    issue: MemoryIssue,
    comment: MemoryComment,
    body: MemoryComment['body'],
  ): void {
    if (actor === 'app' && same(comment.body, body)) site.echoes.push(`comment ${issue.key}/${comment.id}`);
    const before = comment.body;
    comment.body = clone(body);
    comment.updatedAt = tick();
    emit('comment', issue, actor, comment.id);
    files.dropOrphans(issue.id, [before], actor);
  }

  function deleteComment(actor: Actor, issue: MemoryIssue, commentId: string): void {
    const before = issue.comments.filter(({ id }) => id === commentId).map(({ body }) => body);
    issue.comments = issue.comments.filter((comment) => comment.id !== commentId);
    emit('commentDeleted', issue, actor, commentId);
    files.dropOrphans(issue.id, before, actor);
  }

  function person(issueId: string): MemoryIssue {
    const issue = issues.get(issueId);
    if (issue === undefined) throw new Error(`${facts.name} has no issue ${issueId}.`);
    return issue;
  }

  function call<T>(name: string, request: LocalFields, act: () => SiteResult<T>): Promise<SiteResult<T>> {
    site.calls[name] = (site.calls[name] ?? 0) + 1;
    const failure = site.failure(name, request);
    if (failure !== undefined) return Promise.resolve({ ok: false, failure });
    const answer = clone(act());
    const lost = { kind: 'unavailable', message: 'The connection was lost.' } as const;
    return Promise.resolve(site.losesAnswer(name) ? { ok: false, failure: lost } : answer);
  }

  /** Runs `act` on an issue that the app can see. */
  function on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: MemoryIssue) => SiteResult<T>,
  ) {
    return call(name, { ...request, issueId }, () => {
      const issue = issues.get(issueId) ?? [...issues.values()].find(({ key }) => key === issueId);
      if (issue?.visible !== true)
        return gone('Issue does not exist or you do not have permission to see it.');
      const isLocked = issue.archived === true && !/^(read|list|transitions$)/.test(name);
      return isLocked ? denied(`Issue ${issue.key} is archived.`) : act(issue);
    });
  }

  /** A page of a search is smaller than what was asked for, as Jira may do. */
  function indexed(jql: string): MemoryIssue[] {
    const now = clock.now();
    const isIndexed = ({ createdAt, updatedAt }: MemoryIssue): boolean =>
      createdAt + site.indexLagMs <= now && isYoung(jql, updatedAt, now);
    return [...issues.values()].filter(
      (issue) => issue.visible && jql.includes(issue.projectId) && isIndexed(issue),
    );
  }

  const files = memoryFiles({
    firstId: facts.firstIssueId * 100,
    now: () => clock.now(),
    on,
    call,
    textsOf: (issueId) => {
      const { fields, comments } = person(issueId);
      return [...Object.values(fields), ...comments.map(({ body }) => body)];
    },
    issueOf: (fileId) => issues.get(files.ownerOf(fileId) ?? '')?.visible === true,
    emit: (kind, issueId, fileId, actor) => emit(kind, person(issueId), actor, fileId),
  });
  const worklogs = memoryWorklogs({
    firstId: facts.firstIssueId * 1_000,
    now: () => clock.now(),
    on,
    ask: (name, act) => call(name, {}, act),
    emit: (kind, issueId, worklogId, actor) => emit(kind, person(issueId), actor, worklogId),
  });

  const ends = memoryEnds({ issues, on, emit, tell: (event) => site.onEvent(event) });
  const site: MemorySite = {
    worklogs,
    ...worklogs.port,
    ends,
    ...ends.port,
    ...memoryLinks({ issues, on, emit }),
    files,
    ...files.port,
    facts,
    issues,
    calls: {},
    echoes: [],
    failure: () => undefined,
    losesAnswer: () => false,
    onEvent: () => undefined,
    indexLagMs: 60_000,
    people: {
      create: (actor, summary, fields = {}, where) => {
        const projectId = where === 'private' ? facts.privateProject.id : facts.project.id;
        return create(actor, projectId, { summary, ...fields }, []);
      },
      edit: (actor, issueId, fields) => edit(actor, person(issueId), fields),
      move: (actor, issueId, statusId) => move(actor, person(issueId), statusId),
      comment: (actor, issueId, text, restricted = false) =>
        addComment(actor, person(issueId), { body: documentOf(text), restricted, marks: [] }),
      editComment: (actor, issueId, commentId, text) => {
        const issue = person(issueId);
        const comment = issue.comments.find(({ id }) => id === commentId);
        if (comment !== undefined) editComment(actor, issue, comment, documentOf(text));
      },
      deleteComment: (issueId, commentId) => deleteComment('somebody', person(issueId), commentId),
      remove: (issueId) => {
        const issue = person(issueId);
        issues.delete(issueId);
        emit('deleted', issue, 'somebody');
      },
    },
    info: () =>
      call('info', {}, () => good({ url: facts.url, id: `cloud-${facts.name}`, title: facts.name })),
    catalog: () => call('catalog', {}, () => good({ projects: [] })),
    outline: () => call('outline', {}, () => good({ projects: [], issueTypes: [] })),
    readIssue: (issueId, fields) =>
      on('readIssue', issueId, {}, (issue) => good(withHistory(issue, read(issue, fields)))),
    readIssues: (ids, fields, also) =>
      call('readIssues', {}, () => {
        if (ids.length > 100) throw new Error('More than 100 issues at once.');
        const found = [...issues.values()].filter(
          (issue) => issue.visible && (ids.includes(issue.id) || ids.includes(issue.key)),
        );
        return good(
          found.map((issue) => ({
            ...(also?.history === true ? withHistory(issue, read(issue, fields)) : read(issue, fields)),
            // As Jira does with long lists: it does not send them all along.
            ...(also?.comments === true && issue.comments.length <= 5
              ? { comments: issue.comments.map((one) => ({ ...readComment(one), marks: [] })) }
              : {}),
            ...(also?.files === true ? { files: files.readFiles(issue.id) } : {}),
          })),
        );
      }),
    createIssue: (request) => call('createIssue', request.fields, () => createByApp(request)),
    createIssues: (requests) =>
      call('createIssues', {}, () => {
        if (requests.length > 50) throw new Error('More than 50 issues at once.');
        return good(
          requests.map((request) => {
            const failure = site.failure('createIssue', request.fields);
            return failure === undefined ? createByApp(request) : ({ ok: false, failure } as const);
          }),
        );
      }),
    writeIssue: (issueId, fields, readBack) =>
      on('writeIssue', issueId, fields, (issue) => {
        const refused = refusedFields(facts, fields) ?? files.refuse(issue.id, Object.values(fields));
        if (refused !== undefined) return refused;
        edit('app', issue, fields);
        return good(withHistory(issue, read(issue, readBack)));
      }),
    transitions: (issueId) =>
      on('transitions', issueId, {}, (issue) =>
        good(
          (facts.steps[issue.statusId] ?? []).map((toStatusId) => ({
            id: `${issue.statusId}>${toStatusId}`,
            toStatusId,
            requiredFields: [],
          })),
        ),
      ),
    transition: (issueId, transitionId) =>
      on('transition', issueId, { transitionId }, (issue) => {
        const [from, to = ''] = transitionId.split('>');
        const isMoved = from === issue.statusId && move('app', issue, to);
        return isMoved ? good(undefined) : invalid('This transition is not available.', {});
      }),
    highestIssueNumber: (projectId) =>
      call('highestIssueNumber', {}, () => {
        const project = projectId === facts.project.id ? facts.project : facts.privateProject;
        return good({ projectKey: project.key, number: (numbers.get(projectId) ?? 1) - 1 });
      }),
    findAccount: () => call('findAccount', {}, () => good(undefined)),
    makeChoice: () => call('makeChoice', {}, () => invalid('Nothing can be made here.', {})),
    ...memoryJql({ issues, call }),
    countIssues: (jql) => call('countIssues', { jql }, () => good(indexed(jql).length)),
    search: (jql, cursor) =>
      call('search', { jql }, () => {
        if (jql.includes('nonsense')) return invalid('Error in the JQL query.', {});
        const shown = indexed(jql);
        const start = Number(cursor ?? 0);
        const ids = shown.slice(start, start + 5).map(({ id }) => id);
        return good(start + 5 < shown.length ? { ids, cursor: String(start + 5) } : { ids });
      }),
    ...memoryComments({
      on,
      refuse: files.refuse,
      add: addComment,
      edit: editComment,
      remove: deleteComment,
    }),
  };
  return site;
}
