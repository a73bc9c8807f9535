/** Accept: the partner's side of the handshake, with its own name and scope. */
import { type JoinerPhase, joinerTransition } from '#core/connection/joiner';
import type { Scope } from '#core/model/scope';
import { shareCatalogIfDue } from '../agree/share-catalog';
import { Refusal } from '../errors';
import { refreshSite } from '../handshake/installation';
import { destroySecrets } from '../handshake/invitation-secrets';
import { ensureIdentity } from '../handshake/new-connection';
import { isJoiner } from '../joiner/facts';
import { type JoinResult, sendJoin } from '../joiner/send-join';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { checkName, checkScope } from './invite';
import { requireConnection } from './require-connection';

export interface AcceptRequest {
  id: string;
  name: string;
  description: string;
  scope: Scope;
}

/**
 * Joins at once when the inviter can be reached; otherwise the sweep goes on trying, and the status says so. Throws a
 * Refusal with the reason when the invitation does not count any more.
 */
export async function accept(ports: Ports, request: AcceptRequest): Promise<void> {
  const row = await requireConnection(ports, request.id);
  if (!isJoiner(row)) throw notWaiting();
  const name = checkName(request.name);
  const scope = checkScope(request.scope);
  await refreshSite(ports);
  const joining = await updateConnection(ports, row.id, (current) => {
    const phase = joinerTransition(current.phase as JoinerPhase, { type: 'accept' });
    return phase === undefined
      ? undefined
      : { ...current, phase, name, description: request.description, scope };
  });
  if (joining?.phase !== 'joining') throw notWaiting();
  const result = await finishJoin(ports, joining);
  if (result.kind === 'refused')
    throw new Refusal('notPossible', refusalText(result.why, row.partner.siteUrl));
}

/** One attempt to join; the row says afterwards what became of it. Also called by the sweep. */
export async function finishJoin(ports: Ports, row: Connection): Promise<JoinResult> {
  const result = await sendJoin(ports, await ensureIdentity(ports, row));
  switch (result.kind) {
    case 'joined':
      await shareCatalogIfDue(ports, row.id);
      return result;
    case 'unreachable':
      await noteTrouble(
        ports,
        row,
        `${row.partner.siteUrl} could not be reached: ${result.reason} It is tried again.`,
      );
      return result;
    case 'refused':
      await noteRefusal(ports, row, result.why);
      return result;
  }
}

async function noteTrouble(ports: Ports, row: Connection, text: string): Promise<void> {
  if (row.invitation?.undelivered === text) return;
  await updateConnection(ports, row.id, (current) => withTrouble(current, text));
  await recordActivity(ports, row.id, { level: 'warning', text });
}

/** Withdrawn is final; for everything else the inviter can send again. */
async function noteRefusal(ports: Ports, row: Connection, why: RefusedWhy): Promise<void> {
  const text = refusalText(why, row.partner.siteUrl);
  const gone = why === 'withdrawn' || why === 'unknown';
  await updateConnection(ports, row.id, (current) => {
    if (current.phase !== 'joining') return undefined;
    const at = ports.clock.now();
    if (gone) return { ...current, phase: 'deleted', deleted: { at, by: 'withdrawn', dropped: 0 } };
    return withTrouble({ ...current, phase: 'received' }, text);
  });
  if (gone) await destroySecrets(ports, row.id);
  await recordActivity(ports, row.id, { level: 'error', text });
}

function withTrouble(row: Connection, text: string): Connection | undefined {
  return row.invitation && { ...row, invitation: { ...row.invitation, undelivered: text.slice(0, 500) } };
}

type RefusedWhy = Extract<JoinResult, { kind: 'refused' }>['why'];

function refusalText(why: RefusedWhy, from: string): string {
  const again = `Ask the admin of ${from} to choose Send again.`;
  switch (why) {
    case 'expired':
      return `The invitation has expired. ${again}`;
    case 'burned':
      return `The invitation was stopped after five wrong tries. ${again}`;
    case 'wrongSecret':
      return `The invitation does not count any more, because a newer one was sent. Use that, or ask for another. ${again}`;
    case 'used':
      return 'The invitation was used already, by another app than this one. Tell your partner: somebody else may have seen the code.';
    case 'wrongSite':
      return `The invitation is for another site than this one. ${again}`;
    case 'rejected':
      return `The invitation was rejected before. ${again}`;
    case 'withdrawn':
    case 'unknown':
      return `${from} has withdrawn the invitation. Ask your partner for a new one.`;
    case 'unreachable':
    case 'notPossible':
      return `${from} could not take the answer. Try again later.`;
  }
}

function notWaiting(): Refusal {
  return new Refusal('notPossible', 'This invitation was answered already.');
}
