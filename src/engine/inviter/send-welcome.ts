/** The inviter welcomes the joiner at its own endpoint; the sealed confirmation proves that endpoint and completes the join. */
import { inviterTransition } from '#core/connection/inviter';
import { protocolVersion } from '#core/protocol/envelope';
import { confirmSchema, welcomeProof } from '#core/protocol/handshake';
import { ownFacts } from '../handshake/installation';
import { keyNameOf, readSecrets } from '../handshake/invitation-secrets';
import { sendSealed } from '../handshake/send-direct';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { readConnection, updateConnection } from '../update-connection';
import { isInviter, readState, writeState } from './state';

const nonceBytes = 12;

/** True when the connection is joined. Safe to repeat; the sweep does so while the row says `joining`. */
export async function sendWelcome(ports: Ports, id: string): Promise<boolean> {
  const row = await readConnection(ports, id);
  if (row === undefined || !isInviter(row)) return false;
  const { endpoint, publicKey, keyId } = row.partner;
  if (endpoint === undefined || publicKey === undefined || keyId === undefined) return false;
  const secret = await secretOf(ports, row);
  if (secret === undefined) return false;
  const site = await ownFacts(ports);
  const nonce = ports.random.id(nonceBytes);
  const facts = { link: id, inviter: row.keyId, joiner: keyId, from: site.endpoint, to: endpoint, nonce };
  const bound = { v: protocolVersion, link: id, from: row.keyId, to: keyId, nonce };
  const welcome = { ...bound, kind: 'welcome', site, proof: welcomeProof(secret, facts) };
  const keyName = keyNameOf(id);
  const answer = await sendSealed(ports, {
    endpoint,
    message: {
      link: id,
      kind: 'welcome',
      sealed: await ports.sealer.seal(keyName, publicKey, JSON.stringify(welcome)),
    },
    keys: { keyName, partnerKey: publicKey },
    answer: confirmSchema,
  });
  if (answer.kind !== 'answered') return false;
  const { value } = answer;
  const proved = value.re === nonce && value.link === id && value.from === keyId && value.to === row.keyId;
  return proved && complete(ports, id);
}

/** Which secret the joiner proved is told by how it is vouched for. */
async function secretOf(ports: Ports, row: Connection): Promise<string | undefined> {
  const secrets = await readSecrets(ports, row.id);
  return row.vouched === 'code' ? secrets.code : secrets.ticket;
}

async function complete(ports: Ports, id: string): Promise<boolean> {
  const after = await updateConnection(
    ports,
    id,
    (row) => {
      if (!isInviter(row)) return undefined;
      const step = inviterTransition(readState(row), { type: 'confirmed' });
      if (step.outcome !== 'taken') return undefined;
      const catalogDue = row.confirmedHere !== undefined && row.confirmedThere !== undefined;
      return { ...writeState(row, step.state), catalogDue };
    },
    (row) => [
      activityRow(ports, id, {
        level: 'info',
        text: `${row.partner.title ?? row.partner.siteUrl} accepted the invitation.`,
      }),
    ],
  );
  return after?.phase === 'joined';
}
