/** Two running sites which share a field of every kind, comments, work and files: what changes are measured on. */
import type { IssueRef } from '../e2e/support/issues';
import { createIssue, paragraphs } from '../e2e/support/issues';
import { type KindsWorld, startKinds } from '../e2e/support/kinds-world';

/** The first second of an hour, so that no hour ends while changes are measured. */
const startAt = Date.UTC(2026, 10, 23, 9, 0, 1);

export interface BenchWorld extends KindsWorld {
  issue: IssueRef;
  /** Of the mapping with a number and a sprint. */
  task: IssueRef;
  /** Another one like `issue`, to be linked with it. */
  other: IssueRef;
}

export async function startBench(): Promise<BenchWorld> {
  const world = await startKinds({
    start: { virtualClock: true, startAt },
    more: {
      comments: 'both',
      worklogs: 'both',
      links: 'both',
      attachments: { direction: 'both', deletions: 'delete' },
    },
    // Watchers stand in no event and no answer of an issue: each reading of an issue would cost one call more.
    without: ['Watchers'],
    status: true,
  });
  const issue = await makeIssue(world, 'Pump 7 stops after an hour');
  const other = await makeIssue(world, 'Pump 7 is loud');
  const task = await createIssue(world.app, 'acme', {
    project: 'DEV',
    type: 'Task',
    summary: 'Read the counter of hours',
    ...world.on('acme', { 'Story Points': 2.5, Sprint: 42 }),
  });
  await world.app.settle(45_000);
  return { ...world, issue, other, task };
}

/** Changes are so far apart that each finds the platform's second, and its issue, at rest. */
const apartMs = 5_000;
/** Past the look that follows where two workers met (60 s): it belongs to the change before. */
const lateLookMs = 65_000;

/** The clock stands still while nothing waits for it: without this all changes would share the storage's requests of one second. */
export async function passTime({ app }: KindsWorld): Promise<void> {
  await app.settle(lateLookMs);
  await app.control('POST', 'clock', { advanceMs: apartMs });
}

/** An issue as people write them: a few fields, a short description; and its copy is there. */
export async function makeIssue(world: KindsWorld, summary: string): Promise<IssueRef> {
  await passTime(world);
  const issue = await createIssue(world.app, 'acme', {
    project: 'SUP',
    type: 'Bug',
    summary,
    ...world.on('acme', {
      Description: paragraphs(
        'The pump runs for about an hour, then it stops. The display shows E17.',
        'A restart helps until the next day.',
      ),
      Labels: ['pump', 'night-shift'],
      Priority: { name: 'High' },
      Customer: 'Initech',
      Severity: { value: 'S1 Outage' },
    }),
  });
  await world.app.settle(45_000);
  return issue;
}
