/** Sends an invitation by itself: over a connection that exists already, else through the directory, else not at all. */
import { protocolVersion } from '#core/protocol/envelope';
import { type Invite, inviteAnswerSchema } from '#core/protocol/handshake';
import { resolveSite } from '../directory/ask-directory';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { listConnections, updateConnection } from '../update-connection';
import { ensureInstallation, ownFacts } from './installation';
import { keyNameOf, readSecrets } from './invitation-secrets';
import { type DirectAnswer, sendDirect } from './send-direct';

const nonceBytes = 12;
type Sent = { endpoint: string; publicKey: string };
type InvitationRow = Connection & { invitation: NonNullable<Connection['invitation']> };

/** `note` tells the admin what happened and what to do. */
export interface Delivery {
  delivered: boolean;
  note: string;
}

type Outcome =
  | { delivered: true; via: 'directory' | 'known'; sentTo: Sent; over?: string }
  /** `expected`: nothing failed, this app just has no way of its own. */
  | { delivered: false; why: string; expected?: true };

const useCode = 'Give the invitation code to the admin over there: copy it, mail it or save it as a file.';

/** Tries the ways in order of trust and remembers in the row how it went. */
export async function deliverInvitation(ports: Ports, row: InvitationRow): Promise<Delivery> {
  const known = await findKnownPartner(ports, row);
  const outcome =
    known === undefined ? await sendByDirectory(ports, row) : await sendOverKnown(ports, row, known);
  const note = outcome.delivered ? deliveredNote(row, outcome.via) : `${outcome.why} ${useCode}`;
  await updateConnection(
    ports,
    row.id,
    (current) => rememberOutcome(current, outcome),
    () => [activityRow(ports, row.id, { level: 'info', text: note })],
  );
  return { delivered: outcome.delivered, note };
}

function deliveredNote(row: Connection, via: 'directory' | 'known'): string {
  const to = row.partner.siteUrl;
  return via === 'known'
    ? `The invitation was delivered to ${to} over the connection that you have already. No code is needed.`
    : `The invitation was delivered to ${to}. It appears there in the list of synchronizations.`;
}

function rememberOutcome(row: Connection, outcome: Outcome): Connection | undefined {
  if (row.invitation === undefined) return undefined;
  const { undelivered: _before, sentTo: _sentBefore, over: _overBefore, ...rest } = row.invitation;
  if (!outcome.delivered) {
    const trouble = outcome.expected === true ? {} : { undelivered: outcome.why };
    return { ...row, invitation: { ...rest, via: 'code', ...trouble } };
  }
  const { via, sentTo, over } = outcome;
  return { ...row, invitation: { ...rest, via, sentTo, ...(over === undefined ? {} : { over }) } };
}

/** A joined connection with the same site on which both admins confirmed. */
async function findKnownPartner(ports: Ports, row: Connection): Promise<Connection | undefined> {
  const connections = await listConnections(ports);
  return connections.find(
    (other) =>
      other.id !== row.id &&
      other.phase === 'joined' &&
      other.partner.siteUrl === row.partner.siteUrl &&
      other.confirmedHere !== undefined &&
      other.confirmedThere !== undefined &&
      other.brake === undefined,
  );
}

async function sendOverKnown(ports: Ports, row: InvitationRow, older: Connection): Promise<Outcome> {
  const { endpoint, publicKey, keyId } = older.partner;
  if (endpoint === undefined || publicKey === undefined || keyId === undefined) {
    return { delivered: false, why: 'The older connection is incomplete.' };
  }
  const bound = { kind: 'introduce' as const, link: older.id, from: older.keyId, to: keyId };
  const sealed = await sealInvite(ports, row, bound, { keyName: keyNameOf(older.id), partnerKey: publicKey });
  const message = { link: older.id, kind: 'introduce' as const, sealed };
  const answer = await sendDirect(ports, endpoint, message, inviteAnswerSchema);
  const outcome = judge(answer, { delivered: true, via: 'known', sentTo: { endpoint, publicKey } });
  return outcome.delivered ? { ...outcome, over: older.id } : outcome;
}

async function sendByDirectory(ports: Ports, row: InvitationRow): Promise<Outcome> {
  if (ports.endpoints.directory() === undefined) {
    return { delivered: false, why: 'The invitation is ready.', expected: true };
  }
  const found = await resolveSite(ports, row.partner.siteUrl);
  if (found.kind !== 'one') return { delivered: false, why: unresolved(found.kind, row.partner.siteUrl) };
  const own = await ensureInstallation(ports);
  const bound = { kind: 'invite' as const, link: row.id, from: own.keyId, to: found.keyId };
  const keys = { keyName: own.keyName, partnerKey: found.publicKey };
  const sealed = await sealInvite(ports, row, { ...bound, installation: own.publicKey }, keys);
  const answer = await sendDirect(
    ports,
    found.endpoint,
    { link: row.id, kind: 'invite', sealed },
    inviteAnswerSchema,
  );
  const sentTo = { endpoint: found.endpoint, publicKey: found.publicKey };
  return judge(answer, { delivered: true, via: 'directory', sentTo });
}

function unresolved(kind: 'none' | 'rivals' | 'unreachable', siteUrl: string): string {
  switch (kind) {
    case 'none':
      return `The directory does not know ${siteUrl}: the app may not be installed there yet.`;
    case 'rivals':
      return `More than one app says that it is ${siteUrl}, so the directory cannot be used for it.`;
    case 'unreachable':
      return 'The directory did not answer.';
  }
}

async function sealInvite(
  ports: Ports,
  row: InvitationRow,
  bound: Pick<Invite, 'kind' | 'link' | 'from' | 'to'> & { installation?: string },
  keys: { keyName: string; partnerKey: string },
): Promise<string> {
  const { ticket = '' } = await readSecrets(ports, row.id);
  const invite: Invite = {
    ...bound,
    v: protocolVersion,
    nonce: ports.random.id(nonceBytes),
    offer: row.id,
    publicKey: row.publicKey,
    site: await ownFacts(ports),
    expectedSite: row.partner.siteUrl,
    name: row.name,
    ticket,
    expires: row.invitation.expiresAt,
  };
  return ports.sealer.seal(keys.keyName, keys.partnerKey, JSON.stringify(invite));
}

function judge(
  answer: DirectAnswer<{ result: 'received' | 'full' | 'blocked' | 'notThisSite' | 'unknownInviter' }>,
  delivered: Outcome & { delivered: true },
): Outcome {
  if (answer.kind !== 'answered') return { delivered: false, why: 'The app over there did not answer.' };
  switch (answer.value.result) {
    case 'received':
      return delivered;
    case 'full':
      return { delivered: false, why: 'Too many invitations wait over there, or you sent many today.' };
    case 'blocked':
      return { delivered: false, why: 'The site over there does not take invitations from this one.' };
    case 'notThisSite':
      return { delivered: false, why: 'The app that answered belongs to another site.' };
    case 'unknownInviter':
      return { delivered: false, why: 'The site over there could not find this one in its directory.' };
  }
}
