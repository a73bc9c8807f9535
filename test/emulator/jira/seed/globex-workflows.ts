/** Workflows of globex. */
import type { WorldSeed } from './seed-types';

export const GLOBEX_WORKFLOWS: WorldSeed['workflows'] = [
  {
    id: 10750,
    name: 'Engineering process',
    statuses: ['Open', 'Analysis', 'Development', 'Verification', 'Closed'],
    transitions: [
      { id: '201', name: 'Analyse', from: ['Open'], to: 'Analysis' },
      { id: '211', name: 'Develop', from: ['Analysis'], to: 'Development' },
      { id: '221', name: 'Verify', from: ['Development'], to: 'Verification' },
      { id: '231', name: 'Rework', from: ['Verification'], to: 'Development' },
      {
        id: '241',
        name: 'Close',
        from: ['Verification'],
        to: 'Closed',
        screen: ['resolution', 'fixVersions', 'Root cause'],
        required: ['resolution'],
        validator: { field: 'assignee', message: 'Assign the issue before you close it.' },
      },
      {
        id: '251',
        name: 'Reject',
        from: ['Open', 'Analysis'],
        to: 'Closed',
        condition: { permission: 'ADMINISTER_PROJECTS' },
        resolution: { set: 'Rejected' },
      },
      { id: '261', name: 'Reopen', from: ['Closed'], to: 'Open', resolution: { clear: true } },
      { id: '271', name: 'Ask again', from: ['Analysis'], to: 'same' },
    ],
  },
  {
    id: 10751,
    name: 'Service process',
    statuses: ['Open', 'Analysis', 'Development', 'Verification', 'Closed'],
    transitions: [
      { id: '301', name: 'Analyse', from: ['Open'], to: 'Analysis' },
      { id: '311', name: 'Develop', from: ['Analysis'], to: 'Development' },
      { id: '321', name: 'Verify', from: ['Development'], to: 'Verification' },
      { id: '331', name: 'Rework', from: ['Verification'], to: 'Development' },
      {
        id: '341',
        name: 'Close',
        from: ['Verification'],
        to: 'Closed',
        screen: ['resolution'],
        required: ['resolution'],
      },
      { id: '351', name: 'Reopen', from: ['Closed'], to: 'Open', resolution: { clear: true } },
    ],
  },
];
