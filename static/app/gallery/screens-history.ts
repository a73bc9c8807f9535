/** The page *History*: what happened, undo, replay, export and comparison. */
import { chains, history, replayDone, replayRunning, undoGoing, undoOver, undoPreview } from './data/history';
import { earlyDetail, runningDetail } from './data/rows';
import { statuses } from './data/statuses';
import type { Answers, Screen } from './screen';
import { detailAnswer } from './screens-early';

const path = '/s/k3v9w2/history';
const ok = <A>(value: A) => ({ ok: true as const, value });
const told: Answers = {
  ...detailAnswer(runningDetail),
  history: ({ issue }) => ok(issue === undefined ? history : { entries: [] }),
  chains: () => ok(chains),
  replay: () => ok({ state: 'none' }),
  undo: ({ dry }) => ok(dry ? undoPreview : { ...undoPreview, more: false }),
  undoState: () => ok(undoGoing),
  previewReplay: () => ok({ changed: 412, told: 97 }),
  exportAudit: () => ok({ lines: '{}\n', entries: 2_190 }),
};
const begun = 'undo-986';

export const historyScreens: Screen[] = [
  { name: 'history', path, answers: told, shows: '[data-testid="chains"]' },
  {
    name: 'history-none',
    path,
    answers: {
      ...detailAnswer(earlyDetail(statuses.sent)),
      history: () => ok({ entries: [] }),
      replay: () => ok({ state: 'none' }),
    },
    shows: '[data-testid="history"] h2',
  },
  {
    name: 'history-issue-none',
    path,
    answers: told,
    steps: ['history-issue=ABC-1', 'history-look'],
    shows: '[data-testid="history"] h2',
  },
  { name: 'undo', path, answers: told, steps: [begun], shows: '[data-testid="undo-asked"]' },
  {
    name: 'undo-going-on',
    path,
    answers: told,
    steps: [begun, 'undo-confirm'],
    shows: '[data-testid="undo-progress"]',
  },
  {
    name: 'undo-result',
    path,
    answers: { ...told, undoState: () => ok(undoOver) },
    steps: [begun, 'undo-confirm'],
    shows: '[data-testid="undo-result"]',
  },
  {
    name: 'replay',
    path,
    answers: told,
    steps: ['replay-open', 'replay-preview'],
    shows: '[data-testid="replay-count"]',
  },
  {
    name: 'replay-own-time',
    path,
    answers: told,
    steps: ['replay-open', 'replay-own', 'replay-from=2026-11-19T08:00'],
    shows: '[data-testid="replay-to"]',
  },
  {
    name: 'replay-running',
    path,
    answers: { ...told, replay: () => ok(replayRunning) },
    shows: '[data-testid="replay-running"]',
  },
  {
    name: 'replay-done',
    path,
    answers: { ...told, replay: () => ok(replayDone) },
    shows: '[data-testid="replay-done"]',
  },
  {
    name: 'export-saved',
    path,
    answers: told,
    steps: ['export-open', 'export-save'],
    shows: '[data-testid="export-saved"]',
  },
  { name: 'compare', path, answers: told, steps: ['compare-open'], shows: '[data-testid="compare-file"]' },
];
