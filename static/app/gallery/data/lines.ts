/** Activity, problems and issue panels. */
import type { CallAnswer } from '../../../../src/api/calls';
import type { ActivityEntry } from '../../../../src/api/views';

const now = Date.now();
const minute = 60_000;

export const activity: ActivityEntry[] = [
  { at: now - 20_000, level: 'info', text: 'Sent: Summary, Labels.', issueKey: 'SUP-41' },
  { at: now - 3 * minute, level: 'info', text: 'Received: a comment of Grace Hill.', issueKey: 'SUP-38' },
  {
    at: now - 4 * minute,
    level: 'warning',
    text: 'Severity waits: the partner has nothing that stands for “Minor”.',
    issueKey: 'SUP-37',
  },
  { at: now - 55 * minute, level: 'info', text: 'Created here for GSD-112.', issueKey: 'SUP-38' },
  { at: now - 70 * minute, level: 'error', text: 'The partner did not answer. Trying again in 15 minutes.' },
  { at: now - 90 * minute, level: 'info', text: 'Revision 3 is in force: “Due dates travel, too.”' },
  { at: now - 26 * 60 * minute, level: 'info', text: 'Started by Ada Winter.' },
];

export const problems: CallAnswer<'problems'> = {
  problems: [
    {
      id: '1',
      at: now - 4 * minute,
      issueKey: 'SUP-37',
      what: 'Severity',
      reason: 'Nothing stands for the value “Minor” there.',
      next: 'Choose under Configure what stands for it, then try again.',
      side: 'partner',
    },
    {
      id: '2',
      at: now - 190 * minute,
      issueKey: 'SUP-22',
      what: 'Status',
      reason: 'No transition leads from In Review to Done without the field Resolution.',
      next: 'Supply a resolution in the mapping, or move the issue by hand.',
      side: 'here',
    },
  ],
};

type Entries = CallAnswer<'issuePanel'>['entries'];

export const panelEntries: Entries = [
  {
    synchronization: 'Support and service desk',
    partnerSite: 'Globex',
    partnerKey: 'GSD-112',
    partnerUrl: 'https://globex.atlassian.net/browse/GSD-112',
    state: 'upToDate',
    text: 'Up to date',
    lastSent: now - 3 * minute,
    lastReceived: now - 61 * minute,
  },
];

export const troubledEntries: Entries = [
  {
    synchronization: 'Support and service desk',
    partnerSite: 'Globex',
    partnerKey: 'GSD-112',
    partnerUrl: 'https://globex.atlassian.net/browse/GSD-112',
    state: 'problem',
    text: 'Severity waits: nothing stands for “Minor” there.',
    lastSent: now - 3 * minute,
  },
  {
    synchronization: 'Spare parts',
    partnerSite: 'Wonka',
    state: 'pending',
    text: 'On its way to Wonka.',
  },
  {
    synchronization: 'Field service',
    partnerSite: 'Wayne',
    partnerKey: 'OPS-9',
    partnerUrl: 'https://wayne.atlassian.net/browse/OPS-9',
    state: 'stopped',
    text: 'Stopped by this site 3 hours ago.',
    lastReceived: now - 181 * minute,
  },
];
