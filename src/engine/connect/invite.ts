/** Invite: makes a synchronization as its primary and sends the invitation. */
import { invitationLifeMs } from '#core/connection/inviter';
import { parsePartnerUrl } from '#core/connection/partner-url';
import { plainLine } from '#core/connection/plain-text';
import { type Scope, scopeSchema } from '#core/model/scope';
import { Refusal } from '../errors';
import { type Delivery, deliverInvitation } from '../handshake/deliver-invitation';
import { refreshSite } from '../handshake/installation';
import { makeSecrets } from '../handshake/invitation-secrets';
import { ensureIdentity, newConnection } from '../handshake/new-connection';
import type { Ports } from '../ports/ports';
import { createConnectionRow } from '../update-connection';

const idBytes = 16;
const longestName = 255;

export interface InviteRequest {
  name: string;
  description: string;
  partnerUrl: string;
  scope: Scope;
  accountId: string;
}

/** The code is valid whether or not the invitation could be delivered. Throws a Refusal that names the wrong field. */
export async function invite(ports: Ports, request: InviteRequest): Promise<Delivery & { id: string }> {
  const site = await refreshSite(ports);
  const partner = parsePartnerUrl(request.partnerUrl, site.url);
  if (!partner.ok) throw new Refusal('invalid', partner.message, { partnerUrl: partner.message });
  const name = checkName(request.name);
  const scope = checkScope(request.scope);
  const now = ports.clock.now();
  const row = newConnection(ports, {
    id: ports.random.id(idBytes),
    name,
    description: request.description,
    role: 'primary',
    createdBy: request.accountId,
    partner: { siteUrl: partner.url },
    invitation: { sentAt: now, expiresAt: now + invitationLifeMs, via: 'code', failures: 0, burned: false },
    scope,
  });
  await createConnectionRow(ports, row);
  await makeSecrets(ports, row.id);
  const ready = await ensureIdentity(ports, row);
  const { invitation } = ready;
  if (invitation === undefined) throw new Error(`Connection ${row.id} lost its invitation.`);
  const delivery = await deliverInvitation(ports, { ...ready, invitation });
  return { id: row.id, ...delivery };
}

/** One line of up to 255 characters; markup stays what it is, text. */
export function checkName(typed: string): string {
  const name = plainLine(typed, longestName + 1, '');
  if (name === '') {
    const message = 'Give the synchronization a name.';
    throw new Refusal('invalid', message, { name: message });
  }
  if (name.length > longestName) {
    const message = `The name can have ${longestName} characters at most.`;
    throw new Refusal('invalid', message, { name: message });
  }
  return name;
}

/** Refuses an empty *Show only selected*, which would share nothing. */
export function checkScope(scope: Scope): Scope {
  const parsed = scopeSchema.safeParse(scope);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? 'This scope is not possible.';
  throw new Refusal('invalid', message, { scope: message });
}
