/** Workflows of acme. */
import type { WorldSeed } from './seed-types';

export const ACME_WORKFLOWS: WorldSeed['workflows'] = [
  {
    id: 10250,
    name: 'Development workflow',
    statuses: ['To Do', 'In Progress', 'In Review', 'Done'],
    transitions: [
      { id: '11', name: 'Start work', from: ['To Do'], to: 'In Progress' },
      { id: '21', name: 'Send to review', from: ['In Progress'], to: 'In Review' },
      { id: '31', name: 'Back to work', from: ['In Review'], to: 'In Progress' },
      {
        id: '41',
        name: 'Approve',
        from: ['In Review'],
        to: 'Done',
        screen: ['resolution', 'fixVersions'],
        required: ['resolution'],
      },
      { id: '51', name: 'Reopen', from: ['Done'], to: 'To Do', resolution: { clear: true } },
      { id: '61', name: 'Remind', from: ['In Progress', 'In Review'], to: 'same' },
      {
        id: '71',
        name: 'Drop',
        from: [],
        to: 'Done',
        condition: { permission: 'ADMINISTER_PROJECTS' },
        resolution: { set: "Won't Do" },
      },
    ],
  },
  {
    id: 10251,
    name: 'Support workflow',
    statuses: ['To Do', 'In Progress', 'Waiting for customer', 'In Review', 'Done'],
    transitions: [
      { id: '111', name: 'To Do', from: [], to: 'To Do', resolution: { clear: true } },
      { id: '121', name: 'In Progress', from: [], to: 'In Progress', resolution: { clear: true } },
      { id: '131', name: 'Ask customer', from: ['In Progress'], to: 'Waiting for customer' },
      { id: '141', name: 'In Review', from: [], to: 'In Review', resolution: { clear: true } },
      { id: '151', name: 'Done', from: [], to: 'Done', resolution: { set: 'Done' } },
    ],
  },
];
