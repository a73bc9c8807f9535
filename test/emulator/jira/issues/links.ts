/** Links between issues of the site. */
import { hasProjectPermission, issueOf } from '../access';
import type { ChangeItem, IssueRow, LinkRow, LinkTypeRow } from '../entities';
import { emitLink, emitUpdated } from '../events';
import { stringIn } from '../fields/codec';
import { LINKS_PER_ISSUE } from '../limits';
import { refuse } from '../problem';
import type { Session } from '../world';
import { addComment } from './comments';
import { touchIssue, writeHistory } from './commit';

/** Links two issues: the `inwardIssue` of the request is the one that reads the outward words. The same link twice is one. */
export function addLink(session: Session, input: Record<string, unknown>): LinkRow {
  const type = linkType(session, input['type']);
  const source = endOf(session, input['inwardIssue'], 'inwardIssue');
  const destination = endOf(session, input['outwardIssue'], 'outwardIssue');
  if (source.id === destination.id) throw refuse(400, 'You cannot link an issue to itself.');
  for (const issue of [source, destination]) demandLink(session, issue);
  const twin = session.store.links
    .by('issue', source.id)
    .find(
      (row) => row.typeId === type.id && row.sourceId === source.id && row.destinationId === destination.id,
    );
  if (twin !== undefined) return twin;
  for (const issue of [source, destination]) {
    if (session.store.links.by('issue', issue.id).length >= LINKS_PER_ISSUE) {
      throw refuse(413, `The issue has reached the limit of ${LINKS_PER_ISSUE} issue links.`);
    }
  }
  const link = session.store.links.put({
    id: session.store.nextId('link'),
    typeId: type.id,
    sourceId: source.id,
    destinationId: destination.id,
  });
  recordBoth(session, link, type, true);
  emitLink(session, 'created', link);
  const comment = input['comment'];
  if (typeof comment === 'object' && comment !== null)
    addComment(session, source, comment as Record<string, unknown>);
  return link;
}

export function removeLink(session: Session, link: LinkRow): void {
  const source = session.store.issues.must(link.sourceId);
  demandLink(session, source);
  session.store.links.remove(link.id);
  recordBoth(session, link, session.store.linkTypes.must(link.typeId), false);
  emitLink(session, 'deleted', link);
}

function demandLink(session: Session, issue: IssueRow): void {
  const project = session.store.projects.must(issue.projectId);
  if (!hasProjectPermission(session.me, project, 'LINK_ISSUES')) {
    // 404 by the document: 401 would say that nobody is signed in.
    throw refuse(404, 'No Link Issue Permission for issue.');
  }
}

function linkType(session: Session, input: unknown): LinkTypeRow {
  const id = stringIn(input, 'id');
  const name = stringIn(input, 'name');
  const type = session.store.linkTypes
    .all()
    .find((row) => (id === undefined ? row.name === name : row.id === id));
  if (type === undefined) throw refuse(404, `No issue link type with name '${name ?? id ?? ''}' found.`);
  return type;
}

function endOf(session: Session, input: unknown, name: string): IssueRow {
  const idOrKey = stringIn(input, 'id') ?? stringIn(input, 'key');
  if (idOrKey === undefined) throw refuse(400, `${name} is required.`);
  return issueOf(session, idOrKey);
}

/** Changelog of both ends. Observed on real sites: the updated events of link changes carry no changelog. */
function recordBoth(session: Session, link: LinkRow, type: LinkTypeRow, made: boolean): void {
  const source = touchIssue(session, link.sourceId);
  const destination = touchIssue(session, link.destinationId);
  for (const [issue, words, other] of [
    [source, type.outward, destination],
    [destination, type.inward, source],
  ] as const) {
    const text = `This issue ${words} ${other.key}`;
    const item: ChangeItem = made
      ? { field: 'Link', fieldtype: 'jira', from: null, fromString: null, to: other.key, toString: text }
      : { field: 'Link', fieldtype: 'jira', from: other.key, fromString: text, to: null, toString: null };
    writeHistory(session, issue.id, [item]);
    emitUpdated(session, issue, undefined);
  }
}
