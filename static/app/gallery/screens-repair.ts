/** What admins look at when the sites do not agree, and when issues existed before. */
import { primaryEditor } from './data/catalogs';
import { conflicts, found, overwritten, preview, proved } from './data/repair';
import { runningDetail } from './data/rows';
import type { Answers, Screen } from './screen';
import { detailAnswer } from './screens-early';

const path = '/s/k3v9w2';
const running = detailAnswer(runningDetail);
const ok = <A>(value: A) => ({ ok: true as const, value });
const inbox: Answers = {
  ...running,
  conflicts: () => ok(conflicts),
  overwritten: () => ok(overwritten),
  resolveConflict: () => ok({}),
};
const editor: Answers = { editor: () => ok(primaryEditor) };
const closed: Answers = { pairing: () => ok({ allow: null }) };

export const repairScreens: Screen[] = [
  { name: 'conflicts', path: `${path}/conflicts`, answers: inbox, shows: '[data-testid="overwritten"]' },
  {
    name: 'conflicts-other-value',
    path: `${path}/conflicts`,
    answers: inbox,
    steps: ['conflict-other'],
    shows: '[data-testid="conflict-save"]',
  },
  {
    name: 'conflicts-none',
    path: `${path}/conflicts`,
    answers: {
      ...running,
      conflicts: () => ok({ conflicts: [] }),
      overwritten: () => ok({ entries: [] }),
    },
    shows: '[data-testid="conflicts"] h2',
  },
  {
    name: 'differences-none',
    path: `${path}/differences`,
    answers: { ...running, drift: () => ok({ state: 'none' }) },
    shows: '[data-testid="check-full"]',
  },
  {
    name: 'differences-checking',
    path: `${path}/differences`,
    answers: { ...running, drift: () => ok({ state: 'checking', full: true, read: 137 }) },
    shows: 'progress',
  },
  {
    name: 'differences',
    path: `${path}/differences`,
    answers: { ...running, drift: () => ok(found) },
    shows: '[data-testid="difference-table"]',
  },
  {
    name: 'differences-proved',
    path: `${path}/differences`,
    answers: { ...running, drift: () => ok(proved) },
    shows: '[data-testid="differences"]',
  },
  {
    name: 'existing',
    path: `${path}/existing`,
    answers: {
      ...running,
      ...editor,
      ...closed,
      backfill: () =>
        ok({
          state: 'running',
          done: 137,
          total: 412,
          estimate: { perHour: 1_800, left: { from: 9 * 60_000, to: 14 * 60_000 } },
        }),
    },
    shows: '[data-testid="pairs-text"]',
  },
  {
    name: 'existing-pairing',
    path: `${path}/existing`,
    answers: {
      ...running,
      ...editor,
      pairing: () => ok(preview),
      backfill: () => ok({ state: 'pairing', done: 0 }),
    },
    shows: '[data-testid="pairing-start"]',
  },
];
