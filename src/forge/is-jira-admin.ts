/** Whether the user of this invocation administers Jira, asked of Jira on that user's own behalf. */
import { asUser, route } from '@forge/api';
import { z } from 'zod';

const permissionsSchema = z.object({
  permissions: z.object({ ADMINISTER: z.object({ havePermission: z.boolean() }) }),
});

/** False also when Jira cannot be asked: who cannot be checked is not let in. */
export async function isJiraAdmin(): Promise<boolean> {
  try {
    const response = await asUser().requestJira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`);
    if (!response.ok) return false;
    return permissionsSchema.parse(await response.json()).permissions.ADMINISTER.havePermission;
  } catch {
    return false;
  }
}
