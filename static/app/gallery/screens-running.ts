/** One synchronization, its dialogs, and the panel on an issue. */
import { activity, panelEntries, problems, troubledEntries } from './data/lines';
import { allRows, detailAs, earlyDetail, runningDetail } from './data/rows';
import { statuses } from './data/statuses';
import type { Screen } from './screen';
import { detailAnswer, listAnswer, refused } from './screens-early';

const path = '/s/k3v9w2';
const running = detailAnswer(runningDetail);
const troubled = detailAnswer(
  detailAs(statuses.runningWithProblems, {
    problems: 2,
    waiting: 3,
    counts: { ...runningDetail.counts, queued: 3 },
  }),
);

export const runningScreens: Screen[] = [
  { name: 'overview', path, answers: running, shows: 'dl.facts' },
  {
    name: 'overview-backfill',
    path,
    answers: detailAnswer(
      detailAs(statuses.runningWithProblems, { problems: 2, backfill: { total: 412, done: 137 } }),
    ),
    shows: 'progress',
  },
  {
    name: 'overview-rejected',
    path,
    answers: detailAnswer(
      earlyDetail(statuses.rejected, { rejection: { by: 'partner', reason: 'We have one already.', at: 1 } }),
    ),
    shows: 'dl.facts',
  },
  { name: 'overview-brake', path, answers: detailAnswer(detailAs(statuses.brake)), shows: 'dl.facts' },
  {
    name: 'activity',
    path: `${path}/activity`,
    answers: {
      ...running,
      activity: () => ({ ok: true, value: { entries: activity, cursor: 'older' } }),
    },
    shows: '[data-testid="activity"] table',
  },
  {
    name: 'problems',
    path: `${path}/problems`,
    answers: { ...troubled, problems: () => ({ ok: true, value: problems }) },
    shows: '[data-testid="problems"] table',
  },
  {
    name: 'problems-none',
    path: `${path}/problems`,
    answers: { ...running, problems: () => ({ ok: true, value: { problems: [] } }) },
    shows: '[role="tabpanel"] h2',
  },
  {
    name: 'scope-preview',
    path: `${path}/scope`,
    answers: {
      ...running,
      previewScope: () => ({
        ok: true,
        value: {
          affected: [
            'Customer Support and Service Desk: the project is hidden, so nothing is sent any more.',
          ],
        },
      }),
    },
    steps: ['scope-preview'],
    shows: '[data-testid="scope-projects-ids"]',
  },
  { name: 'details', path: `${path}/details`, answers: running, shows: '[data-testid="edit-name"]' },
  {
    name: 'delete',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['menu-k3v9w2', 'action-delete'],
    shows: '[data-testid="delete-confirm"]',
  },
  {
    name: 'stop',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['menu-k3v9w2', 'action-stop'],
    shows: '[data-testid="stop-confirm"]',
  },
  {
    name: 'stop-busy',
    path: '/',
    answers: {
      ...listAnswer(allRows),
      stop: () =>
        refused({
          code: 'busy',
          message: 'The platform is busy for the moment. Nothing is lost: try again in a few seconds.',
        }),
    },
    steps: ['menu-k3v9w2', 'action-stop', 'stop-confirm'],
    shows: '[data-testid="failure"]',
  },
  {
    name: 'withdraw',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['menu-p-9', 'action-withdraw'],
    shows: '[data-testid="withdraw-confirm"]',
  },
  {
    name: 'remove-record',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['next-p-12'],
    shows: '[data-testid="removeRecord-confirm"]',
  },
  {
    name: 'panel',
    path: 'panel',
    answers: { issuePanel: () => ({ ok: true, value: { entries: panelEntries } }) },
    shows: '[data-testid="panel-entry"]',
  },
  {
    name: 'panel-troubled',
    path: 'panel',
    answers: { issuePanel: () => ({ ok: true, value: { entries: troubledEntries } }) },
    shows: '[data-testid="panel-entry"]',
  },
  {
    name: 'panel-none',
    path: 'panel',
    answers: { issuePanel: () => ({ ok: true, value: { entries: [] } }) },
  },
];
