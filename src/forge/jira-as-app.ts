/** Jira REST as the app user. */
import { asApp, assumeTrustedRoute } from '@forge/api';
import type { JiraClient } from '#jira/jira-client';

/** Paths are built by src/jira, which encodes every id that it puts into one. */
export const jiraAsApp: JiraClient = {
  async request(path, init) {
    return asApp().requestJira(assumeTrustedRoute(path), init);
  },
};
