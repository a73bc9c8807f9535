/** Shows the invitation code of an own invitation again, with a ready mail and a file name. */
import { printInvitation } from '#core/connection/invitation-code';
import { Refusal } from '../errors';
import { ownFacts } from '../handshake/installation';
import { readSecrets } from '../handshake/invitation-secrets';
import type { Ports } from '../ports/ports';
import { requirePhase } from './require-connection';

interface Code {
  code: string;
  expiresAt: number;
  fileName: string;
  mail: { subject: string; body: string };
}

/** Only while the invitation is out, not expired and not burned. */
export async function readCode(ports: Ports, request: { id: string }): Promise<Code> {
  const row = await requirePhase(ports, request.id, ['invited'], 'The invitation is not out any more.');
  const { invitation } = row;
  const secret = (await readSecrets(ports, row.id)).code;
  if (row.role !== 'primary' || invitation === undefined || secret === undefined) {
    throw new Refusal('notPossible', 'This invitation was made over there, not here.');
  }
  if (invitation.burned || ports.clock.now() >= invitation.expiresAt) {
    throw new Refusal(
      'notPossible',
      'This invitation does not count any more. Choose Send again to make a new code.',
    );
  }
  const facts = await ownFacts(ports);
  const code = printInvitation({
    v: 1,
    link: row.id,
    endpoint: facts.endpoint,
    inviterKeyHash: row.keyId,
    secret,
    expectedSite: row.partner.siteUrl,
    from: { url: facts.siteUrl, title: facts.title },
    name: row.name,
    expires: invitation.expiresAt,
  });
  return {
    code,
    expiresAt: invitation.expiresAt,
    fileName: `invitation-from-${new URL(facts.siteUrl).hostname.split('.')[0] ?? 'jira'}.isx.txt`,
    mail: mailFor(row.name, facts.siteUrl, row.partner.siteUrl, code),
  };
}

function mailFor(name: string, from: string, to: string, code: string): { subject: string; body: string } {
  return {
    subject: `Invitation to synchronize Jira issues: ${name}`,
    body: [
      `This is an invitation from ${from} to ${to} to keep Jira issues in agreement ("${name}").`,
      '',
      `1. Install the app Concord on ${to}, if it is not there yet: Settings > Apps > Find new apps.`,
      '2. Open Settings > Apps > Synchronizations and choose "I have an invitation".',
      '3. Paste the whole text below. It can be used once, on your site only, within seven days.',
      '',
      code,
      '',
      'Please treat this text like a password: whoever has it could answer in your place.',
    ].join('\n'),
  };
}
