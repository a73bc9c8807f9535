/** Finds the account of this site behind an account id or an e-mail address. */
import { z } from 'zod';
import type { AccountFound } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';

const userSchema = z.looseObject({
  accountId: z.string(),
  accountType: z.string().optional(),
  active: z.boolean().optional(),
  displayName: z.string().optional(),
  emailAddress: z.string().nullish(),
});
type User = z.infer<typeof userSchema>;

/** Undefined: nobody. Accounts are the same on all Cloud sites, so the id is asked first. */
export async function findAccount(
  client: JiraClient,
  person: { id: string; mail?: string | undefined },
): Promise<SiteResult<AccountFound | undefined>> {
  // Not by search, which leaves out people who left.
  const byId = await ask(client, { path: restPath('user'), query: { accountId: person.id } }, userSchema);
  if (byId.ok) return { ok: true, value: found(byId.value) };
  // An id that this Jira does not know is nobody's.
  if (byId.failure.kind !== 'invalid' && byId.failure.kind !== 'gone') return byId;
  if (person.mail === undefined) return { ok: true, value: undefined };
  const byMail = await ask(
    client,
    { path: restPath('user', 'search'), query: { query: person.mail, maxResults: 5 } },
    z.array(userSchema),
  );
  if (!byMail.ok) return byMail;
  const match = byMail.value.find((user) => hasMail(user, person.mail ?? '', byMail.value.length));
  return { ok: true, value: match === undefined ? undefined : found(match) };
}

/** An address that is hidden from the app counts where it is the only answer. */
function hasMail(user: User, mail: string, answers: number): boolean {
  if (user.accountType !== undefined && user.accountType !== 'atlassian') return false;
  return user.emailAddress ? user.emailAddress.toLowerCase() === mail.toLowerCase() : answers === 1;
}

function found({ accountId, active, displayName }: User): AccountFound {
  return { id: accountId, active: active !== false, name: displayName ?? 'Somebody' };
}
