/** Composes the engine's ports out of Forge: the one place where adapters meet. */
import { createGovernor } from '#engine/governor/create-governor';
import type { Ports } from '#engine/ports/ports';
import { createJiraSite } from '#jira/create-jira-site';
import { governedClient } from '#jira/governed-client';
import type { JiraClient } from '#jira/jira-client';
import { patientClient } from '#jira/patient-client';
import { createSealer } from '#seal/create-sealer';
import { forgeEndpoints } from './forge-endpoints';
import { forgeQueue } from './forge-queue';
import { forgeTransport } from './forge-transport';
import { jiraAsApp } from './jira-as-app';
import { kvsSecrets } from './kvs-secrets';
import { createKvsStore } from './kvs-store';
import { pointsShare } from './points-share';
import { invocationBudget, systemClock, systemRandom, systemWait } from './system';

/** Bytes of randomness in a row's revision: collisions would only matter between two writes of one row. */
const revisionBytes = 5;

/** Fresh ports for one invocation; nothing of a tenant stays in module state. */
export function composePorts(wrap: (client: JiraClient) => JiraClient = (client) => client): Ports {
  const store = createKvsStore(() => systemRandom.id(revisionBytes));
  const governor = createGovernor({ store, clock: systemClock, random: systemRandom }, pointsShare());
  return {
    store,
    secrets: kvsSecrets,
    site: createJiraSite(wrap(governedClient(jiraAsApp, governor))),
    governor,
    queue: forgeQueue,
    transport: forgeTransport,
    endpoints: forgeEndpoints,
    sealer: createSealer({ secrets: kvsSecrets, clock: systemClock }),
    clock: systemClock,
    random: systemRandom,
    budget: invocationBudget,
  };
}

/** The same for a person who waits: questions to Jira are repeated after a passing failure. */
export function composePatientPorts(): Ports {
  return composePorts((client) => patientClient(client, systemWait));
}
