/** The joiner is welcomed: the inviter proves that it made the invitation, and that it reaches us. */
import { type JoinerPhase, joinerTransition } from '#core/connection/joiner';
import { plainLine } from '#core/connection/plain-text';
import { compareWords } from '#core/connection/words';
import { protocolVersion } from '#core/protocol/envelope';
import { type SiteFacts, welcomeProof, welcomeSchema } from '#core/protocol/handshake';
import { equalInConstantTime } from '#core/protocol/hash';
import { keyNameOf } from '../handshake/invitation-secrets';
import { openPinned } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { heldSecret, isJoiner } from './facts';

const nonceBytes = 12;

/** The sealed confirmation, or undefined for anything that is not the welcome we wait for. Safe to repeat. */
export async function onWelcome(ports: Ports, row: Connection, sealed: string): Promise<string | undefined> {
  const { endpoint, publicKey, keyId } = row.partner;
  if (!isJoiner(row) || endpoint === undefined || publicKey === undefined || keyId === undefined)
    return undefined;
  const keyName = keyNameOf(row.id);
  const own = { keyName, keyId: row.keyId, link: row.id };
  const partner = { publicKey, keyId };
  const welcome = await openPinned(ports, own, partner, sealed, welcomeSchema);
  const held = await heldSecret(ports, row);
  if (welcome === undefined || held === undefined || welcome.site.endpoint !== endpoint) return undefined;
  const to = await ports.endpoints.partner();
  const facts = { link: row.id, inviter: keyId, joiner: row.keyId, from: endpoint, to, nonce: welcome.nonce };
  const rightSecret = equalInConstantTime(welcomeProof(held.secret, facts), welcome.proof);
  const after = await takeWelcome(ports, row.id, rightSecret, welcome.site);
  if (!rightSecret || after?.phase !== 'joined') return undefined;
  const confirm = {
    v: protocolVersion,
    kind: 'confirm',
    link: row.id,
    from: row.keyId,
    to: keyId,
    nonce: ports.random.id(nonceBytes),
    re: welcome.nonce,
  };
  return ports.sealer.seal(keyName, publicKey, JSON.stringify(confirm));
}

function takeWelcome(
  ports: Ports,
  id: string,
  rightSecret: boolean,
  site: SiteFacts,
): Promise<Connection | undefined> {
  const now = ports.clock.now();
  return updateConnection(
    ports,
    id,
    (row) => {
      const phase = joinerTransition(row.phase as JoinerPhase, { type: 'welcome', rightSecret });
      if (phase === undefined || phase === row.phase) return undefined;
      const { siteId } = site;
      const title = plainLine(site.title, 255, row.partner.siteUrl);
      const words = compareWords(row.id, row.keyId, row.partner.keyId ?? '');
      return { ...row, ...vouchedFor(row, now), phase, words, partner: { ...row.partner, siteId, title } };
    },
    (row) => [
      activityRow(ports, id, {
        level: 'info',
        text: `This site and ${row.partner.title ?? row.partner.siteUrl} are connected.`,
      }),
    ],
  );
}

/** The code vouches for the inviter: there is nothing left to compare here. An older connection vouches for both ends. */
function vouchedFor(row: Connection, now: number): Partial<Connection> {
  switch (row.invitation?.via) {
    case 'code':
      return { vouched: 'code', confirmedHere: now };
    case 'known':
      return { vouched: 'knownPartner', confirmedHere: now, confirmedThere: now, catalogDue: true };
    default:
      return {};
  }
}
