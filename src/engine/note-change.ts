/** Notes that something about an issue changed: stores a row for each connection that cares and wakes its worker. */
import type { Ports } from './ports/ports';
import { type Aspect, setDirty } from './rows/dirty';
import { rowKeys } from './rows/keys';
import { type RegistryEntry, registrySchema } from './rows/registry';
import { leaveHints } from './stream/leave-hints';

/** What a product event says; all else is read from Jira when its turn comes. */
export type NotedChange = {
  issueId: string;
  /** Undefined where the event does not say it: then every connection is told. */
  projectId?: string;
} & (
  | { kind: 'fields' | 'deleted' }
  | { kind: 'comment' | 'commentDeleted'; commentId: string }
  | { kind: 'work' | 'workDeleted'; worklogId: string }
  | { kind: 'file' | 'fileDeleted'; fileId: string }
);

/** Safe to call twice, late, or in any order. */
export async function noteChange(ports: Ports, change: NotedChange): Promise<void> {
  const aspect = aspectOf(change);
  const row = await ports.store.get('registry', rowKeys.connectionList);
  if (row === undefined) return;
  for (const entry of registrySchema.parse(row.body).connections) {
    if (cares(entry, change)) await noteAspect(ports, entry, change.issueId, aspect);
  }
}

/** Also for what people ask for by hand. */
export async function noteAspect(
  ports: Ports,
  entry: Pick<RegistryEntry, 'id' | 'running'>,
  issueId: string,
  aspect: Aspect,
): Promise<void> {
  const dirty = setDirty(entry.id, issueId, aspect, ports.clock.now());
  await ports.store.transact([dirty]);
  // While stopped nobody is woken, but the first worker after the start must find what was noted, without a listing.
  if (entry.running) await ports.queue.wake({ connection: entry.id, hints: [dirty.key] });
  else await leaveHints(ports, entry.id, [dirty.key]);
}

function aspectOf(change: NotedChange): Aspect {
  switch (change.kind) {
    case 'fields':
    case 'deleted':
      return change.kind;
    case 'comment':
      return `comment:${change.commentId}`;
    case 'commentDeleted':
      return `uncomment:${change.commentId}`;
    case 'work':
      return `work:${change.worklogId}`;
    case 'workDeleted':
      return `unwork:${change.worklogId}`;
    case 'file':
      return `file:${change.fileId}`;
    case 'fileDeleted':
      return `unfile:${change.fileId}`;
  }
}

function cares(entry: RegistryEntry, { projectId }: NotedChange): boolean {
  const isNear = projectId === undefined || entry.projectIds.includes(projectId);
  return entry.phase === 'joined' && entry.everStarted && isNear;
}
