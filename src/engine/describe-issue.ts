/** What the issue panel says: for each synchronization, where the twin is and whether everything has arrived. */
import { type Pair, pairSchema } from '#core/model/pair';
import { settlePair } from '#core/reconcile/settle-pair';
import type { Ports } from './ports/ports';
import { issueIndexSchema } from './rows/comment-twin';
import type { Connection } from './rows/connection';
import { rowKeys } from './rows/keys';
import { isRunning } from './rows/registry';
import { effectiveDone } from './stream/heads';
import { readStreamRows } from './stream/rows';
import { listConnections } from './update-connection';

export interface PanelEntry {
  synchronization: string;
  partnerSite: string;
  partnerKey?: string;
  partnerUrl?: string;
  state: 'upToDate' | 'pending' | 'problem' | 'stopped';
  text: string;
  lastSent?: number;
  lastReceived?: number;
}

/** Asks no Jira. An issue without a twin has no entries. */
export async function describeIssue(ports: Ports, issueId: string): Promise<{ entries: PanelEntry[] }> {
  const connections = (await listConnections(ports)).filter(({ phase }) => phase === 'joined');
  const entries = await Promise.all(connections.map((connection) => describe(ports, connection, issueId)));
  return { entries: entries.filter((entry) => entry !== undefined) };
}

async function describe(
  ports: Ports,
  connection: Connection,
  issueId: string,
): Promise<PanelEntry | undefined> {
  const { id } = connection;
  const index = await ports.store.get('issueIndex', rowKeys.issueIndex(id, issueId));
  if (index === undefined) return undefined;
  const [row, noted, heads] = await Promise.all([
    ports.store.get('pair', rowKeys.pair(id, issueIndexSchema.parse(index.body).pair)),
    ports.store.get('dirty', rowKeys.dirty(id, issueId, 'fields')),
    readStreamRows(ports, id),
  ]);
  if (row === undefined) return undefined;
  const done = effectiveDone(heads.stream.body, heads.incoming.body);
  const pair = settlePair(pairSchema.parse(row.body), done);
  const { title, siteUrl } = connection.partner;
  return {
    synchronization: connection.name,
    partnerSite: title ?? siteUrl,
    ...(pair.partner === undefined ? {} : { partnerKey: pair.partner.key, partnerUrl: pair.partner.url }),
    ...stateOf(connection, pair, noted !== undefined),
    ...(pair.lastSent === undefined ? {} : { lastSent: pair.lastSent }),
    ...(pair.lastReceived === undefined ? {} : { lastReceived: pair.lastReceived }),
  };
}

function stateOf(connection: Connection, pair: Pair, isNoted: boolean): Pick<PanelEntry, 'state' | 'text'> {
  const waiting = Object.keys(pair.held).length;
  if (pair.state === 'gone') return { state: 'problem', text: goneText(pair) };
  if (pair.state === 'unreachable') return { state: 'problem', text: 'The app could not read this issue.' };
  if (pair.heldWhole !== undefined) {
    const where = pair.heldWhole.side === 'here' ? 'here' : 'on the partner site';
    return { state: 'problem', text: `This issue waits ${where}: ${pair.heldWhole.reason}` };
  }
  if (pair.moved !== undefined) {
    return { state: 'problem', text: 'This issue and its twin are in projects of different mappings.' };
  }
  if (pair.left !== undefined) return { state: 'stopped', text: restText(pair) };
  if (!isRunning(connection)) {
    return {
      state: 'stopped',
      text: 'The synchronization is stopped; changes are sent after the next start.',
    };
  }
  if (waiting > 0) {
    const what = waiting === 1 ? 'One field waits' : `${waiting} fields wait`;
    return { state: 'problem', text: `${what}; everything else is up to date.` };
  }
  if (pair.state === 'offered') return { state: 'pending', text: 'The twin is being created.' };
  if (isNoted || pair.open !== undefined) return { state: 'pending', text: 'Changes are on their way.' };
  return { state: 'upToDate', text: 'Both sites have the same.' };
}

/** An issue that is shown is still there, whatever became of its twin. */
function goneText({ ended }: Pair): string {
  if (ended?.why === 'left') {
    return ended.by === 'here'
      ? 'This issue stopped to match the filter of this site, and its twin was deleted as agreed.'
      : 'Its twin stopped to match the filter of the partner. This issue is not synchronized any more.';
  }
  return ended === undefined
    ? 'This issue was deleted.'
    : 'Its pair is over: this issue is not synchronized any more.';
}

function restText({ left }: Pair): string {
  const whose = left?.here === undefined ? 'the filter of the partner' : 'the filter of this site';
  return `This issue does not match ${whose}. It goes on when it matches again.`;
}
