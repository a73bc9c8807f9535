/** Plants the issues of a seed with comments, files, work, links and a changelog that fits their status. */
import { textToAdf } from '../adf';
import { rankValue } from '../agile/rank';
import type { Body, ChangeItem, IssueRow, IssueTypeRow, ProjectRow, WorkflowRow } from '../entities';
import { codecOf } from '../fields/codecs';
import { namedItem } from '../issues/change-items';
import { spotFor } from '../issues/field-access';
import { parseDuration } from '../time';
import type { TimeTracking } from '../views/choices';
import { isDataCenter, localSession, newUuid, type Session, type World } from '../world';
import { fieldId, idByName } from './names';
import { sampleFile } from './sample-files';
import type { IssueSeed, WorldSeed } from './seed-types';

// The seed's today. A clock that stands earlier moves everything back, so that no issue comes from the future.
const TODAY = Date.parse('2026-11-20T15:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function plantIssues(world: World, seed: WorldSeed): void {
  const today = Math.min(TODAY, world.clock.now());
  for (const issue of seed.issues) plantIssue(world, seed, issue, today - issue.day * DAY_MS);
  for (const [source, type, destination] of seed.links) {
    world.store.links.put({
      id: world.store.nextId('link'),
      typeId: idByName(seed.linkTypes, type),
      sourceId: issueId(world, source),
      destinationId: issueId(world, destination),
    });
  }
  for (const link of seed.remoteLinks) {
    world.store.remoteLinks.put({
      id: world.store.nextId('remoteLink'),
      issueId: issueId(world, link.issue),
      ...(link.globalId === undefined ? {} : { globalId: link.globalId }),
      relationship: 'mentioned in',
      application:
        link.application === undefined ? {} : { name: link.application, type: 'com.atlassian.confluence' },
      object: { url: link.url, title: link.title, icon: {}, status: { icon: {} } },
    });
  }
}

function issueId(world: World, key: string): string {
  const issue = world.store.issues.by('key', key)[0];
  if (issue === undefined) throw new Error(`the seed names ${key}, which it does not have`);
  return issue.id;
}

function accountOf(seed: WorldSeed, nick: string): string {
  const user = seed.users.find((row) => row.nick === nick);
  if (user === undefined) throw new Error(`the seed names '${nick}', whom it does not have`);
  return user.accountId;
}

function plantIssue(world: World, seed: WorldSeed, input: IssueSeed, created: number): void {
  const { store } = world;
  const [projectKey, number] = input.key.split('-');
  const project = store.projects.by('key', projectKey ?? '')[0];
  if (project === undefined) throw new Error(`the seed names project ${projectKey}`);
  store.projects.put({ ...project, lastIssueNumber: Math.max(project.lastIssueNumber, Number(number)) });
  const type = store.issueTypes.must(idByName(seed.issueTypes, input.type));
  const workflow = store.workflows.must(project.workflows[type.id] ?? '');
  const reporter = accountOf(seed, input.reporter ?? leadOf(seed, projectKey));
  const id = store.nextId('issue');
  const session = localSession(world, reporter, created);
  const files = plantFiles(world, id, reporter, input.files ?? [], created);
  const read = (value: unknown) => finish(seed, files, value);

  const values: Record<string, unknown> = {
    priority: project.defaultPriorityId,
    reporter,
    ...rankValue(store),
    ...storedValues(seed, session, input, { project, type, id, read }),
  };
  const statusId =
    input.status === undefined ? workflow.initialStatusId : idByName(seed.statuses, input.status);
  const done = store.statuses.must(statusId).categoryId === 3;
  if (done)
    values['resolution'] = idByName(seed.resolutions, input.resolution ?? seed.resolutions[0]?.name ?? '');
  const timetracking = trackingOf(input);
  if (timetracking !== undefined) values['timetracking'] = timetracking;
  const issue: IssueRow = {
    id,
    key: input.key,
    formerKeys: [],
    projectId: project.id,
    typeId: type.id,
    statusId,
    creatorId: reporter,
    created,
    updated: created,
    statusCategoryChanged: created,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    watcherIds: [reporter, ...(input.watchers ?? []).map((nick) => accountOf(seed, nick))],
    voterIds: (input.voters ?? []).map((nick) => accountOf(seed, nick)),
    properties: {},
  };
  store.issues.put(issue);
  const moved = plantHistory(world, issue, workflow);
  const commented = plantComments(world, seed, input, issue, read);
  const worked = plantWorklogs(world, seed, input, issue);
  store.issues.put({
    ...issue,
    updated: Math.max(created, moved, commented, worked),
    statusCategoryChanged: Math.max(created, moved),
    ...(done ? { resolved: Math.max(created, moved) } : {}),
  });
}

interface Spot {
  project: ProjectRow;
  type: IssueTypeRow;
  id: string;
  read: (value: unknown) => unknown;
}

function storedValues(
  seed: WorldSeed,
  session: Session,
  input: IssueSeed,
  at: Spot,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(requestValues(input))) {
    const field = session.store.fields.must(fieldId(seed, name));
    const spot = spotFor(session, field, at.project, at.type, at.id);
    const plain = field.kind === 'document' && typeof value === 'string' && !isDataCenter(session);
    const given = plain ? textToAdf(value) : value;
    // Texts go in as written: old issues may hold what today's rules refuse.
    values[field.id] =
      field.kind === 'document' ? at.read(given) : codecOf(field.kind).parse(at.read(given), spot);
  }
  return values;
}

function trackingOf(input: IssueSeed): TimeTracking | undefined {
  const spent = (input.logged ?? []).reduce((total, log) => total + (parseDuration(log.time) ?? 0), 0);
  const original = input.estimate === undefined ? undefined : parseDuration(input.estimate);
  if (spent === 0 && original === undefined) return undefined;
  return {
    ...(original === undefined ? {} : { original, remaining: Math.max(0, original - spent) }),
    ...(spent === 0 ? {} : { spent }),
  };
}

function leadOf(seed: WorldSeed, key: string | undefined): string {
  return seed.projects.find((project) => project.key === key)?.lead ?? '';
}

/** The seed's short form as REST values by field id or name. */
function requestValues(input: IssueSeed): Record<string, unknown> {
  const named = (names: readonly string[] | undefined) => names?.map((name) => ({ name }));
  const all: Record<string, unknown> = {
    summary: input.summary,
    description: input.text,
    priority: input.priority === undefined ? undefined : { name: input.priority },
    labels: input.labels,
    assignee: input.assignee === undefined ? undefined : `@${input.assignee}`,
    duedate: input.due,
    parent: input.parent === undefined ? undefined : { key: input.parent },
    components: named(input.components),
    fixVersions: named(input.fix),
    versions: named(input.affects),
    security: input.security === undefined ? undefined : { name: input.security },
    ...input.fields,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Replaces `@nick` by accounts and `file:name` by media ids, wherever they stand. */
function finish(seed: WorldSeed, files: ReadonlyMap<string, string>, value: unknown): unknown {
  if (typeof value === 'string') {
    const user = value.startsWith('@') ? seed.users.find((row) => `@${row.nick}` === value) : undefined;
    if (user === undefined) return value;
    return seed.flavour === 'datacenter' ? { key: user.accountId } : { accountId: user.accountId };
  }
  if (Array.isArray(value)) return value.map((element) => finish(seed, files, element));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as { type?: unknown; attrs?: Record<string, unknown> };
  if (node.type === 'mention') {
    const user = seed.users.find((row) => `@${row.nick}` === node.attrs?.['id']);
    return { type: 'mention', attrs: { id: user?.accountId, text: `@${user?.name}`, accessLevel: '' } };
  }
  const id = node.attrs?.['id'];
  if (node.type === 'media' && typeof id === 'string' && id.startsWith('file:')) {
    return { ...node, attrs: { ...node.attrs, id: files.get(id.slice(5)) } };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, finish(seed, files, inner)]));
}

function plantFiles(
  world: World,
  issue: string,
  authorId: string,
  names: readonly string[],
  created: number,
): Map<string, string> {
  const media = new Map<string, string>();
  for (const filename of names) {
    const { mimeType, bytes } = sampleFile(filename);
    const id = world.store.nextId('attachment');
    const mediaId = newUuid(world.random);
    world.store.attachments.put({
      id,
      issueId: issue,
      filename,
      mimeType,
      size: bytes.length,
      authorId,
      created,
      mediaId,
    });
    world.store.blobs.put({ id, base64: bytes.toString('base64') });
    media.set(filename, mediaId);
  }
  return media;
}

/** One entry per step of the shortest way from the first status to the present one; returns when the last happened. */
function plantHistory(world: World, issue: IssueRow, workflow: WorkflowRow): number {
  const path = statusPath(workflow, workflow.initialStatusId, issue.statusId);
  let at = issue.created;
  for (const [position, id] of path.entries()) {
    const before = path[position - 1];
    if (before === undefined) continue;
    at = issue.created + position * 7 * HOUR_MS;
    const items: ChangeItem[] = [
      namedItem('status', world.store.statuses.must(before), world.store.statuses.must(id)),
    ];
    const assignee = issue.values['assignee'];
    world.store.histories.put({
      id: world.store.nextId('history'),
      issueId: issue.id,
      authorId: typeof assignee === 'string' ? assignee : issue.creatorId,
      created: at,
      items,
    });
  }
  return at;
}

function statusPath(workflow: WorkflowRow, from: string, to: string): string[] {
  const queue: string[][] = [[from]];
  const seen = new Set([from]);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const last = path.at(-1) ?? from;
    if (last === to) return path;
    for (const step of workflow.transitions) {
      const leaves = step.from.length === 0 || step.from.includes(last);
      if (!leaves || step.to === 'same' || step.condition !== undefined || seen.has(step.to)) continue;
      seen.add(step.to);
      queue.push([...path, step.to]);
    }
  }
  return [from];
}

function plantComments(
  world: World,
  seed: WorldSeed,
  input: IssueSeed,
  issue: IssueRow,
  read: (value: unknown) => unknown,
): number {
  let last = issue.created;
  for (const comment of input.comments ?? []) {
    const at = issue.created + comment.after * HOUR_MS;
    const author = accountOf(seed, comment.by);
    const plain = typeof comment.text === 'string' && !isDataCenter({ world });
    const body = plain ? textToAdf(comment.text as string) : comment.text;
    world.store.comments.put({
      id: world.store.nextId('comment'),
      issueId: issue.id,
      authorId: author,
      updateAuthorId: author,
      created: at,
      updated: at,
      body: read(body) as Body,
      ...(comment.role === undefined
        ? {}
        : {
            visibility: {
              type: 'role',
              value: comment.role,
              identifier: idByName(seed.roles, comment.role),
            } as const,
          }),
      ...(comment.group === undefined
        ? {}
        : {
            visibility: {
              type: 'group',
              value: comment.group,
              identifier: idByName(seed.groups, comment.group),
            } as const,
          }),
      jsdPublic: comment.internal !== true,
      properties: comment.internal === true ? { 'sd.public.comment': { internal: true } } : {},
    });
    last = Math.max(last, at);
  }
  return last;
}

function plantWorklogs(world: World, seed: WorldSeed, input: IssueSeed, issue: IssueRow): number {
  let last = issue.created;
  for (const log of input.logged ?? []) {
    const at = issue.created + log.after * HOUR_MS;
    const author = accountOf(seed, log.by);
    world.store.worklogs.put({
      id: world.store.nextId('worklog'),
      issueId: issue.id,
      authorId: author,
      updateAuthorId: author,
      created: at,
      updated: at,
      started: at - HOUR_MS,
      seconds: parseDuration(log.time) ?? 0,
      ...(log.note === undefined
        ? {}
        : { comment: isDataCenter({ world }) ? log.note : textToAdf(log.note) }),
    });
    last = Math.max(last, at);
  }
  return last;
}
