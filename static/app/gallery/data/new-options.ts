/** What the wizard needs to know of this site. */
import type { CallResult } from '../../../../src/api/calls';
import { mine } from './catalogs';

export const newOptions: CallResult<'newOptions'> = {
  ok: true,
  value: {
    outline: {
      projects: mine.projects.map(({ id, key, name }) => ({ id, key, name })),
      issueTypes: [
        { id: '10001', name: 'Bug' },
        { id: '10002', name: 'Task' },
        { id: '10003', name: 'Story' },
        { id: '10004', name: 'Incident' },
      ],
    },
    types: [
      {
        key: 'cloudToCloud',
        label: 'Cloud to cloud',
        description:
          'With another Jira Cloud site. The app is installed on both sites; nothing else is needed.',
        available: true,
      },
      {
        key: 'dataCenter',
        label: 'Data Center to Data Center or cloud',
        description: 'With a Jira Data Center site, through the agent that runs there.',
        available: false,
        reason: 'This site is Jira Cloud: create the synchronization on the Data Center site.',
      },
      {
        key: 'email',
        label: 'Behind a firewall, by e-mail',
        description: 'Sealed messages travel as e-mail between mail accounts of both sites.',
        available: false,
        reason: 'Mail accounts are read by the agent, which runs beside Jira Data Center.',
      },
    ],
    madeBy: 'Concord (app)',
    knownPartners: ['https://globex.atlassian.net'],
  },
};
