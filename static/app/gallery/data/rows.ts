/** Rows of the list and the whole of one synchronization. */
import type { StatusView, SynchronizationDetail, SynchronizationView } from '../../../../src/api/views';
import { statuses } from './statuses';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.now();

const fresh: SynchronizationView = {
  id: 'k3v9w2',
  name: 'Support and service desk',
  description: '',
  role: 'primary',
  type: 'cloudToCloud',
  partner: { url: 'https://globex.atlassian.net', title: 'Globex' },
  status: statuses.running,
  waiting: 0,
  problems: 0,
  direction: 'none',
  updatedAt: now - minute,
};

function row(id: string, name: string, partner: string, status: StatusView): SynchronizationView {
  const url = `https://${partner.toLowerCase().split(' ')[0]}.atlassian.net`;
  return { ...fresh, id, name, status, partner: { url, title: partner } };
}

const flowing = { inSyncAsOf: now - 20_000, direction: 'both' as const };

/** Every situation once. */
export const allRows: SynchronizationView[] = [
  { ...fresh, ...flowing },
  {
    ...row('p-1', 'Development with Vehement', 'Vehement Capital', statuses.update),
    ...flowing,
    role: 'secondary',
    direction: 'in',
    inSyncAsOf: now - 4 * minute,
  },
  {
    ...row('p-2', 'Escalations', 'Soylent', statuses.runningWithProblems),
    ...flowing,
    inSyncAsOf: now - 2 * minute,
    waiting: 3,
    problems: 2,
    direction: 'out',
  },
  {
    ...row('p-3', 'Spare parts', 'Wonka', statuses.stopped),
    ...flowing,
    inSyncAsOf: now - 3 * hour,
    waiting: 14,
  },
  { ...row('p-4', 'Field service', 'Wayne', statuses.brake), ...flowing, inSyncAsOf: now - 26 * hour },
  { ...row('p-5', 'Shop floor', 'Globex', statuses.waiting), ...flowing },
  row('p-6', 'With Tyrell', 'Tyrell', statuses.unconfigured),
  row('p-7', 'With Globex', 'Globex', statuses.words),
  { ...row('p-8', 'From Globex', 'Globex', statuses.received), role: 'secondary' },
  {
    ...row('p-9', 'With Initech', 'initech', statuses.sent),
    partner: { url: 'https://initech.atlassian.net' },
  },
  {
    ...row('p-10', 'With Hooli', 'hooli', statuses.undelivered),
    partner: { url: 'https://hooli.atlassian.net' },
  },
  row('p-11', 'With Umbrella', 'Umbrella', statuses.rejected),
  row('p-12', 'Old supplier', 'Stark Industries', statuses.deleted),
];

export const runningDetail: SynchronizationDetail = {
  ...fresh,
  ...flowing,
  description: 'Bugs that our support desk hands over to the service desk of Globex.',
  createdAt: now - 40 * 24 * hour,
  madeBy: 'Concord (app)',
  scope: { projects: { mode: 'hide', ids: ['10003'] }, issueTypes: { mode: 'all', ids: [] } },
  words: ['harvest', 'violet', 'anchor', 'pilot', 'meadow', 'copper'],
  confirmedHere: true,
  confirmedThere: true,
  agreedRevision: 3,
  latestRevision: 3,
  note: 'Let us keep these in agreement: Customer Support and Service Desk.',
  mappings: [
    { id: 'sup-gsd', label: 'Customer Support and Service Desk', enabled: true, fields: 7, myProject: 'SUP' },
    { id: 'dev-eng', label: 'Development and Engineering', enabled: false, fields: 5, myProject: 'DEV' },
  ],
  counts: { pairs: 148, sent: 1_204, received: 986, queued: 0 },
};

/** The same synchronization in another situation. */
export function detailAs(
  status: StatusView,
  more: Partial<SynchronizationDetail> = {},
): SynchronizationDetail {
  return { ...runningDetail, status, ...more };
}

/** Before anything was agreed. */
export function earlyDetail(
  status: StatusView,
  more: Partial<SynchronizationDetail> = {},
): SynchronizationDetail {
  const { inSyncAsOf: _none, note: _note, words: _words, scope: _scope, ...rest } = runningDetail;
  return {
    ...rest,
    status,
    description: '',
    direction: 'none',
    confirmedHere: false,
    confirmedThere: false,
    agreedRevision: 0,
    latestRevision: 0,
    mappings: [],
    counts: { pairs: 0, sent: 0, received: 0, queued: 0 },
    ...more,
  };
}

export const invitation = {
  sentAt: now - 5 * minute,
  expiresAt: now + 7 * 24 * hour - 5 * minute,
  via: 'directory' as const,
};
