/** One emulated Jira site without the rest of the emulator, and the Site port on top of it as the app user. */

import type { Site } from '#engine/ports/site';
import { createJiraSite } from '#jira/create-jira-site';
import type { JiraClient } from '#jira/jira-client';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import type { Clock, JiraSite } from '../emulator/seam';

export interface EmulatedSite {
  jira: JiraSite;
  site: Site;
  /** Requests that were made, as `METHOD /path`. */
  asked: string[];
}

/** Time stands still unless the test moves it; rate limits count in it. */
export function emulatedSite(key: 'acme' | 'globex', time: { now: number }): EmulatedSite {
  const clock: Clock = { now: () => time.now, after: () => () => {} };
  const jira = createCloudSite({ key, clock, random: createRandom(7) });
  const app = { id: 'ari:cloud:ecosystem::app/concord', name: 'Concord' };
  const { accountId } = jira.ensureAppUser(app);
  const asked: string[] = [];
  const client: JiraClient = {
    async request(path, init) {
      asked.push(`${init.method} ${path}`);
      // Burst limits count in the site's time, so every request takes some of it.
      time.now += 50;
      return jira.handle(new Request(`${jira.publicUrl}${path}`, init), {
        kind: 'app',
        accountId,
        appId: app.id,
      });
    },
  };
  return { jira, site: createJiraSite(client), asked };
}
