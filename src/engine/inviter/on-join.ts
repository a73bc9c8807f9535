/** The inviter takes a join: checks the secret, pins the partner, and proves itself by a welcome. */
import { type InviterStep, inviterTransition } from '#core/connection/inviter';
import { plainLine } from '#core/connection/plain-text';
import { compareWords } from '#core/connection/words';
import { protocolVersion } from '#core/protocol/envelope';
import { type Join, type JoinAnswer, joinProof, joinSchema } from '#core/protocol/handshake';
import { equalInConstantTime } from '#core/protocol/hash';
import { keyNameOf, readSecrets } from '../handshake/invitation-secrets';
import { openStranger } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { recordActivity, recordActivityOnce } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { sendWelcome } from './send-welcome';
import { isInviter, readState, writeState } from './state';

const nonceBytes = 12;
type Refused = NonNullable<JoinAnswer['refused']>;

/** The sealed answer, or undefined for a message that is not a join for this connection. */
export async function onJoin(ports: Ports, row: Connection, sealed: string): Promise<string | undefined> {
  if (!isInviter(row) || row.phase === 'deleted') return undefined;
  const own = { keyName: keyNameOf(row.id), keyId: row.keyId, link: row.id };
  const opened = await openStranger(ports, own, sealed, joinSchema, (join) => join.publicKey);
  if (opened === undefined) return undefined;
  const { message: join, sender } = opened;
  const refused = await takeJoin(ports, row, join, sender.publicKey);
  return ports.sealer.seal(
    own.keyName,
    sender.publicKey,
    JSON.stringify(answerTo(ports, row, join, refused)),
  );
}

/** Undefined when the partner is joined now. */
async function takeJoin(
  ports: Ports,
  row: Connection,
  join: Join,
  publicKey: string,
): Promise<Refused | undefined> {
  const secret = (await readSecrets(ports, row.id))[join.by];
  const rightSecret =
    secret !== undefined && equalInConstantTime(joinProof(secret, join, row.keyId), join.proof);
  // Whoever has the code but speaks for another site than the invited one gets in only by the inviter's own change.
  if (rightSecret && join.site.siteUrl !== row.partner.siteUrl) return refuseSite(ports, row, join);
  const step = await takeStep(ports, row, join, { rightSecret, publicKey });
  if (step === undefined) return 'notPossible';
  if (step.outcome === 'refused') return noteRefusal(ports, row, join, step.why, rightSecret);
  return (await sendWelcome(ports, row.id)) ? undefined : 'unreachable';
}

async function takeStep(
  ports: Ports,
  { id }: Connection,
  join: Join,
  facts: { rightSecret: boolean; publicKey: string },
): Promise<InviterStep | undefined> {
  let step: InviterStep | undefined;
  await updateConnection(ports, id, (row) => {
    if (!isInviter(row)) return undefined;
    const event = { at: ports.clock.now(), rightSecret: facts.rightSecret, keyId: join.from };
    const before = readState(row);
    step = inviterTransition(before, { type: 'join', ...event });
    if (step.outcome === 'taken') return pin(writeState(row, step.state), join, facts.publicKey, event.at);
    return step.state === before ? undefined : writeState(row, step.state);
  });
  return step;
}

/** From here on only this key at this endpoint is the partner. The code vouches for the joiner, who saw ours in it. */
function pin(row: Connection, join: Join, publicKey: string, now: number): Connection {
  const known = join.by === 'ticket' && row.invitation?.via === 'known';
  const { endpoint, siteUrl, siteId } = join.site;
  const title = plainLine(join.site.title, 255, siteUrl);
  return {
    ...row,
    partner: { siteUrl, siteId, title, endpoint, keyId: join.from, publicKey },
    words: compareWords(row.id, row.keyId, join.from),
    ...(join.by === 'code' ? { vouched: 'code' as const, confirmedThere: now } : {}),
    ...(known ? { vouched: 'knownPartner' as const, confirmedHere: now, confirmedThere: now } : {}),
  };
}

async function refuseSite(ports: Ports, row: Connection, join: Join): Promise<Refused> {
  await recordActivityOnce(ports, row.id, 'wrong-site', {
    level: 'warning',
    text: `${join.site.siteUrl} tried to use the invitation, which is for ${row.partner.siteUrl}. It was refused.`,
  });
  return 'wrongSite';
}

async function noteRefusal(
  ports: Ports,
  row: Connection,
  join: Join,
  why: Refused,
  rightSecret: boolean,
): Promise<Refused> {
  if (why === 'used' && rightSecret) {
    await recordActivityOnce(ports, row.id, 'second-join', {
      level: 'error',
      text: `The invitation code was used a second time, by ${join.site.siteUrl}. It was refused. If that was not your partner, somebody else has seen the code: compare the words before you confirm.`,
    });
  } else if (why === 'wrongSecret') {
    await recordActivity(ports, row.id, {
      level: 'warning',
      text: 'Somebody tried to use this invitation with a wrong secret. After five tries it stops counting.',
    });
  }
  return why;
}

function answerTo(ports: Ports, row: Connection, join: Join, refused: Refused | undefined): JoinAnswer {
  return {
    v: protocolVersion,
    kind: 'joined',
    link: row.id,
    from: row.keyId,
    to: join.from,
    nonce: ports.random.id(nonceBytes),
    re: join.nonce,
    ...(refused === undefined ? {} : { refused }),
  };
}
