/** A history with every kind of entry, and what undoing one of its messages says. */
import type { CallAnswer } from '../../../../src/api/calls';

const minute = 60_000;
const now = Date.now();

/** Seven issues set to the same wrong priority at once. */
const bulk = Array.from({ length: 7 }, (_, index) => ({
  key: `SUP-${41 + index}`,
  changes: [
    { what: 'Priority', was: index % 2 === 0 ? 'Medium' : 'Low', is: 'Highest' },
    ...(index === 1 ? [{ what: 'Labels', was: 'billing', is: '' }] : []),
  ],
}));

export const history: CallAnswer<'history'> = {
  entries: [
    {
      id: 'own-31',
      at: now - 2 * minute,
      kind: 'asked',
      who: 'Ada Winter',
      text: 'Checked for differences.',
      issues: [],
      more: 0,
    },
    {
      id: 'received-88-986',
      at: now - 6 * minute,
      kind: 'received',
      seq: 986,
      issues: bulk,
      more: 0,
      undo: {},
    },
    {
      id: 'sent-87-1204',
      at: now - 14 * minute,
      kind: 'sent',
      seq: 1_204,
      issues: [
        {
          key: 'SUP-38',
          changes: [
            {
              what: 'Description',
              was: 'It happens with every order above 1,000.',
              is: 'It happens with every order above 1,000.\nThe log is attached, and the customer waits for an answer until Friday.',
            },
            { what: 'Comment' },
            { what: 'Due date', is: '2026-11-30' },
          ],
        },
      ],
      more: 0,
    },
    {
      id: 'received-86-985',
      at: now - 55 * minute,
      kind: 'received',
      seq: 985,
      issues: [{ key: 'SUP-37', changes: [{ what: 'Status', was: 'In progress', is: 'Done' }] }],
      more: 0,
      undo: { undone: now - 50 * minute },
    },
    {
      id: 'own-30',
      at: now - 60 * minute,
      kind: 'changed',
      issues: [{ key: '', changes: [{ what: 'This site', was: 'stopped', is: 'started' }] }],
      more: 0,
    },
    {
      id: 'own-29',
      at: now - 61 * minute,
      kind: 'asked',
      who: 'Ada Winter',
      text: 'Started the synchronization.',
      issues: [],
      more: 0,
    },
  ],
  cursor: 'older',
};

export const undoPreview: CallAnswer<'undo'> = {
  asked: bulk
    .slice(0, 6)
    .flatMap(({ key, changes }) =>
      changes.map(({ what, was = '', is = '' }) => ({ key, what, from: is, to: was })),
    ),
  skipped: [
    { key: 'SUP-47', what: 'Priority', reason: 'It was changed again since.' },
    { key: 'SUP-49', what: 'Issue', reason: 'Undoing deletes no issue. Delete it in Jira if it should go.' },
  ],
  more: false,
};

export const undoGoing: CallAnswer<'undoState'> = { waiting: 4, here: 1, both: 2, left: [], running: true };

export const undoOver: CallAnswer<'undoState'> = {
  waiting: 0,
  here: 0,
  both: 7,
  left: undoPreview.skipped,
  running: true,
};

export const chains: CallAnswer<'chains'> = {
  sent: 1_204,
  same: 1_204,
  stored: 986,
  applied: 986,
  forgot: false,
  heardAt: now - minute,
};

export const replayRunning: CallAnswer<'replay'> = {
  state: 'running',
  from: now - 1_500 * minute,
  to: now - 60 * minute,
  startedAt: now - minute,
  noted: 150,
  expected: 412,
};

export const replayDone: CallAnswer<'replay'> = {
  ...replayRunning,
  state: 'done',
  noted: 409,
  endedAt: now - 4 * minute,
};
