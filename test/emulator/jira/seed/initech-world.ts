/** The site initech: a company that runs Jira Data Center behind its own walls. */
import { INITECH_FIELDS } from './initech-fields';
import { initechPlatformIssues } from './initech-platform-issues';
import { initechReportIssues } from './initech-report-issues';
import { INITECH_USERS } from './initech-users';
import { INITECH_WORKFLOWS } from './initech-workflows';
import { MEMBER_GRANTS, VIEWER_GRANTS } from './role-grants';
import type { WorldSeed } from './seed-types';

const SCREEN = [
  'summary',
  'description',
  'priority',
  'labels',
  'assignee',
  'reporter',
  'duedate',
  'components',
  'fixVersions',
  'versions',
  'environment',
  'timetracking',
  'security',
  'attachment',
  'Severity',
  'Platforms',
  'Story Points',
  'Release Note',
  'Build',
  'Found On',
  'Outage Start',
  'Reviewer',
  'Approvers',
  'Runbook',
  'Area',
  'Tags',
];

const REPORT_SCREEN = [
  'summary',
  'description',
  'priority',
  'labels',
  'assignee',
  'reporter',
  'duedate',
  'timetracking',
  'Cover Sheet',
  'Tags',
];

const SOFTWARE = 'INI: Software Workflow';
const REPORTS = 'TPS: Report Workflow';
const PRIORITIES = ['Highest', 'High', 'Medium', 'Low'];

export const INITECH: WorldSeed = {
  key: 'initech',
  name: 'Initech',
  flavour: 'datacenter',
  cloudId: '',
  publicUrl: 'https://jira.initech.example',
  timeZone: 'America/Chicago',
  buildNumber: 10030017,
  firstIds: {
    issue: 60000,
    comment: 61000,
    attachment: 62000,
    link: 63000,
    remoteLink: 63500,
    worklog: 64000,
    history: 65000,
    version: 60160,
    component: 60180,
    context: 60300,
    option: 60400,
    accessToken: 1,
    webhook: 1,
    filter: 66000,
  },
  groups: ['jira-administrators', 'jira-software-users', 'platform-team', 'report-readers'].map((name) => ({
    id: name,
    name,
  })),
  users: INITECH_USERS,
  roles: [
    {
      id: 10002,
      name: 'Administrators',
      description: 'A project role that represents administrators in a project',
      grants: 'all',
    },
    {
      id: 10001,
      name: 'Developers',
      description: 'A project role that represents developers in a project',
      grants: MEMBER_GRANTS,
    },
    {
      id: 10000,
      name: 'Users',
      description: 'A project role that represents users in a project',
      grants: VIEWER_GRANTS,
    },
  ],
  issueTypes: [
    { id: 10010, name: 'Story', description: 'Something people want', level: 0, avatar: 10315 },
    { id: 10011, name: 'Bug', description: 'Something that is broken', level: 0, avatar: 10303 },
    { id: 10012, name: 'Task', description: 'Something to do', level: 0, avatar: 10318 },
    { id: 10013, name: 'Report', description: 'A weekly report', level: 0, avatar: 10304 },
    { id: 10014, name: 'Sub-task', description: 'A part of another issue', level: -1, avatar: 10316 },
  ],
  statuses: [
    { id: 10020, name: 'To Do', description: '', category: 2 },
    { id: 3, name: 'In Progress', description: 'Somebody works on it', category: 4 },
    { id: 10021, name: 'In Review', description: 'Somebody else looks at it', category: 4 },
    { id: 10022, name: 'Done', description: '', category: 3 },
    { id: 1, name: 'Open', description: 'Ready to be worked on', category: 2 },
    { id: 10023, name: 'Cover Sheet Missing', description: 'It cannot be filed like this', category: 4 },
    { id: 10024, name: 'Filed', description: '', category: 3 },
  ],
  workflows: INITECH_WORKFLOWS,
  priorities: [
    { id: 1, name: 'Highest', description: 'Everything stops for it', color: '#d04437' },
    { id: 2, name: 'High', description: 'Before the others', color: '#f15c75' },
    { id: 3, name: 'Medium', description: 'As usual', color: '#f79232' },
    { id: 4, name: 'Low', description: 'When there is time', color: '#707070' },
  ],
  resolutions: [
    { id: 10000, name: 'Done', description: 'The work is done.' },
    { id: 10001, name: "Won't Do", description: 'Nobody will do it.' },
    { id: 10002, name: 'Duplicate', description: 'Known under another number.' },
  ],
  linkTypes: [
    { id: 10000, name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
    { id: 10001, name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
    { id: 10003, name: 'Relates', inward: 'relates to', outward: 'relates to' },
  ],
  securityLevels: [
    { id: 10030, name: 'Leads only', description: 'Project administrators', roles: ['Administrators'] },
  ],
  sprints: [],
  fields: INITECH_FIELDS,
  projects: [
    {
      id: 10300,
      key: 'INI',
      name: 'Initech Platform',
      description: 'Batch, import and portal',
      lead: 'petra',
      typeKey: 'software',
      types: { Story: SOFTWARE, Bug: SOFTWARE, Task: SOFTWARE, 'Sub-task': SOFTWARE },
      create: SCREEN,
      edit: SCREEN,
      required: { Bug: ['Severity'] },
      priorities: PRIORITIES,
      defaultPriority: 'Medium',
      security: ['Leads only'],
      versions: [
        { name: '10.3', released: true, releaseDate: '2026-10-05', description: 'Autumn' },
        { name: '10.4', startDate: '2026-10-06', releaseDate: '2026-12-14' },
        { name: '11.0' },
      ],
      components: [
        { name: 'Batch', description: 'What runs at night', lead: 'petra' },
        { name: 'Import', description: 'Files of customers', lead: 'samir' },
        { name: 'Portal', description: 'What people see' },
      ],
      roles: {
        Administrators: ['bill', 'petra'],
        Developers: ['platform-team', 'milo'],
        Users: ['jira-software-users'],
      },
    },
    {
      id: 10301,
      key: 'TPS',
      name: 'TPS Reports',
      description: 'One report a week, with a cover sheet',
      lead: 'bill',
      typeKey: 'business',
      types: { Report: REPORTS, Task: REPORTS, 'Sub-task': REPORTS },
      create: REPORT_SCREEN,
      edit: REPORT_SCREEN,
      required: { Report: ['Cover Sheet'] },
      priorities: PRIORITIES,
      defaultPriority: 'Medium',
      anyone: ['BROWSE_PROJECTS'],
      roles: {
        Administrators: ['bill'],
        Developers: ['jira-software-users'],
        Users: ['report-readers'],
      },
    },
  ],
  issues: [...initechPlatformIssues, ...initechReportIssues],
  links: [
    ['INI-4', 'Blocks', 'INI-1'],
    ['TPS-4', 'Relates', 'INI-9'],
  ],
  remoteLinks: [
    {
      issue: 'INI-1',
      title: 'Runbook of the batch',
      url: 'https://runbooks.initech.example/batch',
      globalId: 'runbook=batch',
    },
  ],
};
