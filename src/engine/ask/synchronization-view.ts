/** One synchronization as screens show it: the row, its contract and its counters, put into words. */
import type { Contract, Direction } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import { otherRole, type Role } from '#core/model/role';
import { describeStatus } from '#core/status/describe-status';
import type { StatusFacts } from '#core/status/facts';
import type { StatusView } from '#core/status/status-view';
import { readAgreedContract, readNewestContract } from '../agree/read-contract';
import type { Ports } from '../ports/ports';
import type { Brake } from '../rows/brake';
import type { Connection } from '../rows/connection';
import { partnerName } from './partner-name';
import { readStreamFacts, type StreamFacts } from './read-stream-facts';

/** Problems beyond this are not counted one by one. */
const mostCounted = 100;

/** Same shape as the view model of the screens. */
export interface SynchronizationView {
  id: string;
  name: string;
  description: string;
  role: Role;
  type: 'cloudToCloud';
  partner: { url: string; title?: string };
  status: StatusView;
  inSyncAsOf?: number;
  waiting: number;
  problems: number;
  direction: 'none' | 'both' | 'in' | 'out';
  updatedAt: number;
}

/** The view and what it was made from, for screens that show more of it. */
export interface Told {
  view: SynchronizationView;
  agreed: Contract | undefined;
  newest: Contract | undefined;
  stream: StreamFacts;
}

export async function tellSynchronization(ports: Ports, row: Connection): Promise<Told> {
  const joined = row.phase === 'joined';
  const [agreed, newest, stream, problems] = await Promise.all([
    joined ? readAgreedContract(ports, row) : undefined,
    joined ? readNewestContract(ports, row) : undefined,
    readStreamFacts(ports, row.id),
    joined ? countProblems(ports, row.id) : 0,
  ]);
  const { title } = row.partner;
  const { inSyncAsOf } = stream;
  const view: SynchronizationView = {
    id: row.id,
    name: row.name,
    description: row.description,
    role: row.role,
    type: 'cloudToCloud',
    partner: { url: row.partner.siteUrl, ...(title === undefined ? {} : { title }) },
    status: describeStatus(statusFacts(ports.clock.now(), row, { agreed, newest, stream, problems })),
    ...(inSyncAsOf === undefined ? {} : { inSyncAsOf }),
    waiting: stream.queued,
    problems,
    direction: directionOf(agreed, row.role),
    updatedAt: row.updatedAt,
  };
  return { view, agreed, newest, stream };
}

interface Sources {
  agreed: Contract | undefined;
  newest: Contract | undefined;
  stream: StreamFacts;
  problems: number;
}

function statusFacts(now: number, row: Connection, sources: Sources): StatusFacts {
  const { agreed, newest, stream, problems } = sources;
  return {
    now,
    role: row.role,
    inviter: row.role === 'primary',
    partner: partnerName(row),
    phase: row.phase,
    confirmedHere: row.confirmedHere !== undefined,
    confirmedThere: row.confirmedThere !== undefined,
    agreedRevision: row.agreedRevision,
    latestRevision: row.latestRevision,
    enabledMappings: agreed?.mappings.filter((mapping) => mapping.enabled).length ?? 0,
    run: row.run,
    // Licences are checked by the platform that bills them; until then nothing is held back.
    licensed: true,
    queued: stream.queued,
    problems,
    ...(stream.inSyncAsOf === undefined ? {} : { inSyncAsOf: stream.inSyncAsOf }),
    ...(newest === undefined ? {} : { note: newest.note }),
    ...invitationFacts(row),
    ...(row.brake === undefined ? {} : { brake: { text: brakeText(row.brake) } }),
  };
}

/** What happened, then what an admin has to decide. */
function brakeText({ text, question }: Brake): string {
  return question === undefined ? text : `${text} ${question}`;
}

function invitationFacts(row: Connection): Pick<StatusFacts, 'invitation' | 'rejected' | 'deleted'> {
  const { invitation, rejected, deleted } = row;
  const facts: Pick<StatusFacts, 'invitation' | 'rejected' | 'deleted'> = {};
  if (invitation !== undefined) {
    const { expiresAt, via, burned, undelivered } = invitation;
    facts.invitation = { expiresAt, via, burned, ...(undelivered === undefined ? {} : { undelivered }) };
  }
  if (rejected !== undefined) {
    const { by, reason } = rejected;
    facts.rejected = { by, ...(reason === undefined ? {} : { reason }) };
  }
  if (deleted !== undefined) facts.deleted = { by: deleted.by, dropped: deleted.dropped };
  return facts;
}

async function countProblems(ports: Ports, connection: string): Promise<number> {
  const listed = await ports.store.list({ table: 'problem', group: connection, limit: mostCounted });
  return listed.rows.length;
}

/** Which way issue changes travel, over all enabled mappings. */
function directionOf(contract: Contract | undefined, role: Role): SynchronizationView['direction'] {
  const enabled = contract?.mappings.filter((mapping) => mapping.enabled) ?? [];
  const directions = enabled.flatMap((mapping): Direction[] => [
    ...mapping.fields.map((field) => field.direction),
    ...(mapping.comments === 'off' ? [] : [mapping.comments]),
  ]);
  const out = directions.some((direction) => maySend(direction, role));
  const into = directions.some((direction) => maySend(direction, otherRole(role)));
  if (out && into) return 'both';
  if (out) return 'out';
  return into ? 'in' : 'none';
}
