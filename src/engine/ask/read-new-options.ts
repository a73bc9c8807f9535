/** What the wizard for a new synchronization offers. */
import { jiraRefusal } from '../errors';
import type { Ports } from '../ports/ports';
import { listConnections } from '../update-connection';
import { madeBy } from './get-synchronization';

interface SynchronizationType {
  key: string;
  label: string;
  description: string;
  available: boolean;
  reason?: string;
}

const needsDataCenter = 'This site is a cloud site. Set it up from the Data Center side.';

/** All ways of connecting; those that a cloud site cannot begin are shown with the reason. */
const types: SynchronizationType[] = [
  {
    key: 'cloudToCloud',
    label: 'Cloud to cloud',
    description: 'With another Jira Cloud site. The app is installed on both sites; nothing else is needed.',
    available: true,
  },
  {
    key: 'dataCenter',
    label: 'Data Center to Data Center or cloud',
    description: 'With a Jira Data Center site, through the agent that runs there.',
    available: false,
    reason: needsDataCenter,
  },
  {
    key: 'email',
    label: 'Behind a firewall, by e-mail',
    description: 'Sealed messages travel as e-mail between mail accounts of both sites.',
    available: false,
    reason: `Mail accounts are read and written by the agent, which runs beside Jira Data Center. ${needsDataCenter}`,
  },
  {
    key: 'file',
    label: 'Behind a firewall, by file',
    description: 'Sealed messages travel as files through directories that you connect.',
    available: false,
    reason: `Files are read and written by the agent, which runs beside Jira Data Center. ${needsDataCenter}`,
  },
  {
    key: 'remoteLicence',
    label: 'Remote licence',
    description: 'The app is installed on one site only and drives the other Jira by REST.',
    available: false,
    reason: `Only a Data Center site can drive another Jira. ${needsDataCenter}`,
  },
];

export async function readNewOptions(ports: Ports): Promise<{
  outline: {
    projects: { id: string; key: string; name: string }[];
    issueTypes: { id: string; name: string }[];
  };
  types: SynchronizationType[];
  madeBy: string;
  knownPartners: string[];
}> {
  const outline = await ports.site.outline();
  if (!outline.ok) throw jiraRefusal(outline.failure);
  const rows = await listConnections(ports);
  const known = rows.filter(
    (row) => row.phase === 'joined' && row.confirmedHere !== undefined && row.confirmedThere !== undefined,
  );
  return {
    outline: outline.value,
    types,
    madeBy,
    knownPartners: [...new Set(known.map((row) => row.partner.siteUrl))].sort(),
  };
}
