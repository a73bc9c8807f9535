/** Conflicts, values that gave way, differences, and existing issues. */
import type { CallAnswer } from '../../../../src/api/calls';

const minute = 60_000;
const now = Date.now();

export const conflicts: CallAnswer<'conflicts'> = {
  conflicts: [
    {
      pair: 'pair-0001',
      slot: 'summary',
      version: 'v1',
      issueKey: 'SUP-41',
      partnerKey: 'GSD-112',
      label: 'Summary',
      since: now - 12 * minute,
      here: {
        value: { t: 'text', v: 'Invoices are sent twice after the update' },
        text: 'Invoices are sent twice after the update',
        at: now - 14 * minute,
        who: 'Ada Winter',
      },
      partner: {
        value: { t: 'text', v: 'Customer 4711 gets every invoice twice' },
        text: 'Customer 4711 gets every invoice twice',
        at: now - 13 * minute,
        who: 'Grace Hill',
      },
      base: { value: { t: 'text', v: 'Invoices are sent twice' }, text: 'Invoices are sent twice' },
    },
    {
      pair: 'pair-0002',
      slot: 'severity',
      version: 'v1',
      issueKey: 'SUP-38',
      partnerKey: 'GSD-109',
      label: 'Severity',
      since: now - 180 * minute,
      here: { value: { t: 'option', v: 'major' }, text: 'Major', at: now - 200 * minute },
      partner: { value: { t: 'option', v: null }, text: '', at: now - 190 * minute },
    },
  ],
};

export const overwritten: CallAnswer<'overwritten'> = {
  entries: [
    {
      entry: 'one',
      at: now - 55 * minute,
      issueKey: 'SUP-37',
      label: 'Description',
      side: 'partner',
      who: 'Grace Hill',
      text: 'It happens with every order above 1,000.\nThe log is attached.',
      canRestore: true,
    },
    {
      entry: 'two',
      at: now - 26 * 60 * minute,
      issueKey: 'SUP-12',
      label: 'Due date',
      side: 'here',
      text: '2026-11-30',
      canRestore: false,
    },
  ],
  cursor: 'older',
};

export const found: CallAnswer<'drift'> = {
  state: 'done',
  check: 'check-1',
  full: true,
  read: 412,
  startedAt: now - 6 * minute,
  endedAt: now - 3 * minute,
  verdict: 'differs',
  found: 3,
  differences: [
    {
      pair: 'pair-0001',
      key: 'SUP-41',
      kind: 'differs',
      base: 'same',
      fields: [
        { slot: 'summary', label: 'Summary', here: 'Invoices are sent twice', there: 'Invoices twice' },
        { slot: 'labels', label: 'Labels', here: 'billing, urgent', there: '' },
      ],
    },
    { pair: 'pair-0002', key: 'SUP-38', kind: 'missingThere' },
    { pair: 'pair-0003', kind: 'onlyThere' },
  ],
};

export const proved: CallAnswer<'drift'> = {
  state: 'done',
  check: 'check-2',
  full: true,
  read: 412,
  startedAt: now - 6 * minute,
  endedAt: now - 3 * minute,
  verdict: 'same',
  found: 0,
  differences: [],
};

export const preview: CallAnswer<'pairing'> = {
  allow: null,
  list: {
    job: 'job-1',
    state: 'asked',
    total: 240,
    waiting: 0,
    good: 228,
    done: 0,
    samples: [
      { mine: 'SUP-1', theirs: 'GSD-7' },
      { mine: 'SUP-2', theirs: 'GSD-9' },
      { mine: 'SUP-4', theirs: 'GSD-8' },
      { mine: 'SUP-5', theirs: 'GSD-31' },
    ],
    refused: [
      { why: 'paired', count: 9, samples: [{ mine: 'SUP-3', theirs: 'GSD-4' }] },
      { why: 'unknown', count: 3, samples: [{ mine: 'SUP-900', theirs: 'GSD-1' }] },
    ],
  },
};
