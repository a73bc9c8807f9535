/** Jira REST as the user of this invocation; only functions that a person called have one. */
import { assumeTrustedRoute, asUser } from '@forge/api';
import type { JiraClient } from '#jira/jira-client';
import { patientClient } from '#jira/patient-client';
import { systemWait } from './system';

/** Paths are built by the callers, which encode every id that they put into one. */
export const jiraAsUser: JiraClient = patientClient(
  {
    async request(path, init) {
      return asUser().requestJira(assumeTrustedRoute(path), init);
    },
  },
  systemWait,
);
