/** The site that runs the directory installation: no projects, one administrator. */
import { APP_GRANTS } from './role-grants';
import type { WorldSeed } from './seed-types';

export const DIRECTORY: WorldSeed = {
  key: 'directory',
  name: 'Directory',
  cloudId: '9d4e7a2c-0b63-4f18-8c57-2a6f1e9b3d70',
  publicUrl: 'https://directory.atlassian.net',
  timeZone: 'Etc/UTC',
  buildNumber: 100284,
  firstIds: {
    issue: 90000,
    comment: 91000,
    attachment: 92000,
    link: 93000,
    worklog: 94000,
    history: 95000,
    context: 96000,
    option: 97000,
  },
  groups: [{ id: 'd1f3a5b7-2c4e-4d68-9a0b-7e5c3f1d9b20', name: 'jira-administrators' }],
  users: [
    {
      nick: 'dana',
      accountId: '712020:0f9e8d7c-6b5a-4938-a271-605f4e3d2c30',
      name: 'Dana Frost',
      email: 'dana@directory.example',
      timeZone: 'Etc/UTC',
      admin: true,
      groups: ['jira-administrators'],
    },
  ],
  roles: [
    {
      id: 10902,
      name: 'Administrators',
      description: 'A project role that represents administrators in a project',
      grants: 'all',
    },
    {
      id: 10903,
      name: 'atlassian-addons-project-access',
      description: 'A project role that represents Connect and Forge apps',
      grants: APP_GRANTS,
    },
  ],
  issueTypes: [{ id: 10910, name: 'Task', description: '', level: 0, avatar: 10318 }],
  statuses: [
    { id: 10920, name: 'To Do', description: '', category: 2 },
    { id: 10921, name: 'Done', description: '', category: 3 },
  ],
  workflows: [],
  priorities: [{ id: 10930, name: 'Medium', description: '', color: '#f79232' }],
  resolutions: [{ id: 10940, name: 'Done', description: '' }],
  linkTypes: [],
  securityLevels: [],
  sprints: [],
  fields: [],
  projects: [],
  issues: [],
  links: [],
  remoteLinks: [],
};
