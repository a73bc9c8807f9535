/** Receive code: a pasted or uploaded invitation becomes a row in status Invitation received. */
import { type Invitation, parseInvitation } from '#core/connection/invitation-code';
import { plainLine } from '#core/connection/plain-text';
import { type HelloAnswer, helloAnswerSchema, helloProof, type SiteFacts } from '#core/protocol/handshake';
import { equalInConstantTime } from '#core/protocol/hash';
import { Refusal } from '../errors';
import { refreshSite } from '../handshake/installation';
import { keepSecrets, readSecrets } from '../handshake/invitation-secrets';
import { newConnection } from '../handshake/new-connection';
import { sendDirect } from '../handshake/send-direct';
import { replaceFinished } from '../joiner/replace-finished';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import type { Connection } from '../rows/connection';
import { createConnectionRow, readConnection, updateConnection } from '../update-connection';

const nonceBytes = 12;

/** Asks the inviter whether the code still counts and who is behind it; nothing is shared with it by that. */
export async function receiveCode(
  ports: Ports,
  request: { code: string; accountId: string },
): Promise<{ id: string }> {
  const parsed = parseInvitation(request.code);
  if (!parsed.ok) throw refuse(parsed.message);
  const { invitation } = parsed;
  const site = await refreshSite(ports);
  if (invitation.from.url === site.url) {
    throw refuse('You made this invitation on this site. Give it to your partner, who pastes it over there.');
  }
  if (invitation.expectedSite !== site.url) {
    throw refuse(
      `This invitation is for ${invitation.expectedSite}, but this site is ${site.url}. Paste it there.`,
    );
  }
  await refuseKnown(ports, invitation);
  const partner = await greet(ports, invitation);
  const row = newConnection(ports, {
    id: invitation.link,
    name: plainLine(invitation.name, 255, invitation.from.url),
    description: '',
    role: 'secondary',
    createdBy: request.accountId,
    partner,
    invitation: {
      sentAt: ports.clock.now(),
      expiresAt: invitation.expires,
      via: 'code',
      failures: 0,
      burned: false,
    },
  });
  await keepRow(ports, row);
  await keepSecrets(ports, row.id, { code: invitation.secret });
  await recordActivity(ports, row.id, {
    level: 'info',
    text: `The invitation of ${partner.title ?? partner.siteUrl} was pasted here.`,
  });
  return { id: row.id };
}

/** Pasted twice: the row that is there goes on. It gives way to a newer code, and to a code after the directory. */
async function refuseKnown(ports: Ports, invitation: Invitation): Promise<void> {
  const row = await readConnection(ports, invitation.link);
  if (row === undefined || row.phase === 'rejected' || row.phase === 'deleted') return;
  const { code } = await readSecrets(ports, row.id);
  if (row.phase === 'received' && code !== invitation.secret) return;
  throw refuse(`This invitation is in your list already: "${row.name}". It can be used only once.`);
}

async function keepRow(ports: Ports, row: Connection): Promise<void> {
  if ((await createConnectionRow(ports, row)) === 'done' || (await replaceFinished(ports, row))) return;
  let replaced = false;
  await updateConnection(ports, row.id, (current) => {
    // Proved by its secret before it gets here.
    replaced = current.role === 'secondary' && current.phase === 'received';
    return replaced ? row : undefined;
  });
  if (!replaced) throw refuse('This invitation is in your list already. It can be used only once.');
}

async function greet(ports: Ports, invitation: Invitation): Promise<Connection['partner']> {
  const nonce = ports.random.id(nonceBytes);
  const { link, endpoint, from } = invitation;
  const answer = await sendDirect(ports, endpoint, { link, kind: 'hello', nonce }, helloAnswerSchema);
  if (answer.kind === 'unreachable') {
    throw new Refusal('unavailable', `${from.url} could not be reached: ${answer.reason} Try again later.`);
  }
  if (answer.kind === 'refused') {
    throw refuse(
      `${from.url} does not know this invitation any more. It was withdrawn, or the app was removed there.`,
    );
  }
  const refused = stateMessage(answer.value.state, from.url);
  if (refused !== undefined) throw refuse(refused);
  return prove(ports, invitation, nonce, answer.value);
}

function stateMessage(state: HelloAnswer['state'], from: string): string | undefined {
  switch (state) {
    case 'open':
      return undefined;
    case 'used':
      return 'This invitation was used already. Each can be used only once: ask your partner for a new one.';
    case 'expired':
      return `This invitation has expired. Ask the admin of ${from} to choose Send again.`;
    case 'burned':
      return `This invitation was stopped after five wrong tries. Ask the admin of ${from} to choose Send again.`;
    case 'rejected':
      return `This invitation was rejected. Ask the admin of ${from} to choose Send again.`;
    case 'withdrawn':
      return `${from} has withdrawn this invitation. Ask your partner for a new one.`;
  }
}

/** The key's hash is in the code, and the answer is proved by the code's secret: nobody in between can be the partner. */
async function prove(
  ports: Ports,
  invitation: Invitation,
  nonce: string,
  answer: HelloAnswer,
): Promise<Connection['partner']> {
  const { publicKey, site, mac } = answer;
  const identity = publicKey === undefined ? undefined : await ports.sealer.readIdentity(publicKey);
  const proved =
    identity !== undefined &&
    identity.id === invitation.inviterKeyHash &&
    site !== undefined &&
    matches(invitation, site) &&
    mac !== undefined &&
    equalInConstantTime(mac, helloProof(invitation.secret, nonce, answer));
  if (!proved) {
    throw refuse(
      'The answer does not fit this invitation: it was changed on the way, or a newer one was sent. Ask your partner to choose Send again.',
    );
  }
  const title = plainLine(site.title, 255, site.siteUrl);
  const { endpoint, siteUrl, siteId } = site;
  return { endpoint, siteUrl, siteId, title, keyId: identity.id, publicKey: identity.publicKey };
}

function matches(invitation: Invitation, site: SiteFacts): boolean {
  return site.endpoint === invitation.endpoint && site.siteUrl === invitation.from.url;
}

function refuse(message: string): Refusal {
  return new Refusal('invalid', message, { code: message });
}
