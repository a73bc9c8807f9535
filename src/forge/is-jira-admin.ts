/** Whether the user of this invocation administers Jira, asked of Jira on that user's own behalf. */
import { z } from 'zod';
import { jiraRefusal } from '#engine/errors';
import { ask, restPath } from '#jira/send';
import { jiraAsUser } from './jira-as-user';

const permissionsSchema = z.object({
  permissions: z.object({ ADMINISTER: z.object({ havePermission: z.boolean() }) }),
});

/** Who cannot be checked is not let in: false when Jira says no, a Refusal when it does not answer for the moment. */
export async function isJiraAdmin(): Promise<boolean> {
  const request = { path: restPath('mypermissions'), query: { permissions: 'ADMINISTER' } };
  const read = await ask(jiraAsUser, request, permissionsSchema);
  if (read.ok) return read.value.permissions.ADMINISTER.havePermission;
  const { kind } = read.failure;
  if (kind !== 'unavailable' && kind !== 'limited') return false;
  throw jiraRefusal(read.failure, 'Jira could not say whether you are an administrator. Try again.');
}
