/** Workflows of initech. */
import type { WorldSeed } from './seed-types';

export const INITECH_WORKFLOWS: WorldSeed['workflows'] = [
  {
    id: 12750,
    name: 'INI: Software Workflow',
    statuses: ['To Do', 'In Progress', 'In Review', 'Done'],
    transitions: [
      { id: '11', name: 'Start Progress', from: ['To Do'], to: 'In Progress' },
      { id: '21', name: 'Ask for Review', from: ['In Progress'], to: 'In Review' },
      { id: '31', name: 'Send Back', from: ['In Review'], to: 'In Progress' },
      {
        id: '41',
        name: 'Resolve',
        from: ['In Progress', 'In Review'],
        to: 'Done',
        screen: ['resolution', 'fixVersions', 'Release Note'],
        required: ['resolution'],
        validator: { field: 'assignee', message: 'Assign the issue before you resolve it.' },
      },
      {
        id: '51',
        name: 'Drop',
        from: ['To Do'],
        to: 'Done',
        condition: { permission: 'ADMINISTER_PROJECTS' },
        resolution: { set: "Won't Do" },
      },
      { id: '61', name: 'Reopen', from: ['Done'], to: 'To Do', resolution: { clear: true } },
    ],
  },
  {
    id: 12751,
    name: 'TPS: Report Workflow',
    statuses: ['Open', 'Cover Sheet Missing', 'Filed'],
    transitions: [
      { id: '711', name: 'Return', from: ['Open'], to: 'Cover Sheet Missing' },
      { id: '721', name: 'Hand In', from: ['Cover Sheet Missing'], to: 'Open' },
      { id: '731', name: 'File', from: ['Open'], to: 'Filed', resolution: { set: 'Done' } },
      { id: '741', name: 'Take Out', from: ['Filed'], to: 'Open', resolution: { clear: true } },
    ],
  },
];
