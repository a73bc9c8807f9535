/** One synchronization with everything that its page shows. */
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import type { Brake } from '../rows/brake';
import type { Connection } from '../rows/connection';
import type { StreamFacts } from './read-stream-facts';
import { type SynchronizationView, type Told, tellSynchronization } from './synchronization-view';

/** Who writes on this site, as it is shown to the admin. */
export const madeBy = 'the app user "Concord"';

export interface SynchronizationDetail extends SynchronizationView {
  createdAt: number;
  madeBy: string;
  scope?: NonNullable<Connection['scope']>;
  invitation?: {
    sentAt: number;
    expiresAt: number;
    via: 'directory' | 'code' | 'known';
    undelivered?: string;
  };
  words?: string[];
  confirmedHere: boolean;
  confirmedThere: boolean;
  rejection?: { by: 'me' | 'partner'; reason?: string; at: number };
  agreedRevision: number;
  latestRevision: number;
  note?: string;
  mappings: { id: string; label: string; enabled: boolean; fields: number; myProject?: string }[];
  counts: { pairs: number; sent: number; received: number; queued: number };
  backfill?: { total: number; done: number };
  brake?: Brake;
}

export async function getSynchronization(
  ports: Ports,
  request: { id: string },
): Promise<SynchronizationDetail> {
  const row = await requireConnection(ports, request.id);
  const told = await tellSynchronization(ports, row);
  return {
    ...told.view,
    createdAt: row.createdAt,
    madeBy,
    confirmedHere: row.confirmedHere !== undefined,
    confirmedThere: row.confirmedThere !== undefined,
    agreedRevision: row.agreedRevision,
    latestRevision: row.latestRevision,
    mappings: await mappingsOf(ports, row, told),
    counts: countsOf(told.stream),
    ...handshakeOf(row),
    ...(row.brake === undefined ? {} : { brake: row.brake }),
    ...(told.newest === undefined ? {} : { note: told.newest.note }),
    ...(told.stream.backfill === undefined ? {} : { backfill: told.stream.backfill }),
  };
}

function countsOf({ pairs, sent, received, queued }: StreamFacts): SynchronizationDetail['counts'] {
  return { pairs, sent, received, queued };
}

function handshakeOf(
  row: Connection,
): Pick<SynchronizationDetail, 'scope' | 'invitation' | 'words' | 'rejection'> {
  const { scope, invitation, words, rejected } = row;
  const facts: Pick<SynchronizationDetail, 'scope' | 'invitation' | 'words' | 'rejection'> = {};
  if (scope !== undefined) facts.scope = scope;
  if (words !== undefined) facts.words = words;
  if (rejected !== undefined) {
    const { by, at, reason } = rejected;
    facts.rejection = { by, at, ...(reason === undefined ? {} : { reason }) };
  }
  if (invitation !== undefined) {
    const { sentAt, expiresAt, via, undelivered } = invitation;
    facts.invitation = { sentAt, expiresAt, via, ...(undelivered === undefined ? {} : { undelivered }) };
  }
  return facts;
}

/** Mappings in force, or those of the revision that waits when nothing is agreed yet. */
async function mappingsOf(
  ports: Ports,
  row: Connection,
  told: Told,
): Promise<SynchronizationDetail['mappings']> {
  const contract = told.agreed ?? told.newest;
  if (contract === undefined) return [];
  const names = await projectNames(ports);
  return contract.mappings.map((mapping) => {
    const projectId = row.bindings.find((binding) => binding.mapping === mapping.id)?.projectId;
    const myProject = projectId === undefined ? undefined : (names.get(projectId) ?? projectId);
    const { id, label, enabled, fields } = mapping;
    return { id, label, enabled, fields: fields.length, ...(myProject === undefined ? {} : { myProject }) };
  });
}

/** Keys by id; without them the page shows ids. */
async function projectNames(ports: Ports): Promise<Map<string, string>> {
  const outline = await ports.site.outline();
  if (!outline.ok) return new Map();
  return new Map(outline.value.projects.map((project) => [project.id, `${project.name} (${project.key})`]));
}
