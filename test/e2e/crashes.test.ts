/** The app is killed at the worst moments, on the shipped bundle: afterwards there is exactly one twin and nothing is lost. */
import type { EditorMapping } from '../../src/api/views';
import type { FaultsInput } from '../emulator/platform/fault-schema';
import { agree, connect } from './support/agreement';
import { differences, twinOf } from './support/compare';
import { addComment, createIssue, editIssue, type IssueRef, search } from './support/issues';
import { pastFirstRetry, type RunningApp, startApp } from './support/running-app';

type CrashPoint = NonNullable<Exclude<FaultsInput['crashPoints'], unknown[]>>;
const kvsTransaction = 'kvs:/api/v1/transaction';

/** Each row: a sentence, and where the process dies. An issue is created on acme, or edited there, and then crashes. */
const onCreate: [string, CrashPoint][] = [
  [
    'before the create request reaches Jira',
    { site: 'globex', call: 'jira:POST /rest/api/3/issue', when: 'before' },
  ],
  [
    'between the Jira create and our record',
    { site: 'globex', call: 'jira:POST /rest/api/3/issue', when: 'after' },
  ],
  [
    "before the cut's transaction",
    { site: 'acme', call: kvsTransaction, bodyIncludes: '"outbox"', when: 'before' },
  ],
  [
    "after the cut's transaction",
    { site: 'acme', call: kvsTransaction, bodyIncludes: '"outbox"', when: 'after' },
  ],
  [
    'before the message is stored',
    { site: 'globex', call: kvsTransaction, bodyIncludes: '"inbox"', when: 'before' },
  ],
  [
    'after the message is stored, before it is acknowledged',
    { site: 'globex', call: kvsTransaction, bodyIncludes: '"inbox"', when: 'after' },
  ],
  ['after the acknowledgement came, before it is noted', { site: 'acme', call: 'fetch:*', when: 'after' }],
];
const onEdit: [string, CrashPoint][] = [
  ['before the write', { site: 'globex', call: 'jira:PUT /rest/api/3/issue/*', when: 'before' }],
  ['between the write and its base', { site: 'globex', call: 'jira:PUT /rest/api/3/issue/*', when: 'after' }],
];
const onComment: [string, CrashPoint][] = [
  [
    'between the comment and our record',
    { site: 'globex', call: 'jira:POST /rest/api/3/issue/*/comment', when: 'after' },
  ],
];

let app: RunningApp;
let mapping: EditorMapping;
let number = 0;

beforeAll(async () => {
  // Pauses of half a minute pass at once.
  app = await startApp({ virtualClock: true });
  const id = await connect(app);
  await agree(app, id, {
    adjust: (matched) => {
      mapping = matched;
      return matched;
    },
  });
}, 120_000);
afterAll(() => app.stop());
afterEach(() => app.control('POST', 'faults', { clear: true }));

it.each(onCreate)(
  'creates exactly one twin when killed %s',
  async (_where, point) => {
    await arm(point);
    const { issue, summary } = await make();
    await app.settle(pastFirstRetry);
    await expectFired();
    await expectOneTwin(issue, summary);
  },
  150_000,
);

it.each(onEdit)(
  'loses no edit when killed %s',
  async (_where, point) => {
    const { issue, summary } = await make();
    await app.settle(pastFirstRetry);
    await arm(point);
    await editIssue(app, 'acme', issue.key, { summary: `${summary} edited`, labels: ['crash'] });
    await app.settle(pastFirstRetry);
    await expectFired();
    await expectOneTwin(issue, `${summary} edited`);
  },
  150_000,
);

it.each(onComment)(
  'writes exactly one comment when killed %s',
  async (_where, point) => {
    const { issue, summary } = await make();
    await app.settle(pastFirstRetry);
    await arm(point);
    await addComment(app, 'acme', issue.key, `Said once about ${summary}`);
    await app.settle(pastFirstRetry);
    await expectFired();
    await expectOneTwin(issue, summary);
  },
  150_000,
);

/** The search index stays a minute behind: whoever looks for a lost create there would make a second one. */
async function arm(point: CrashPoint): Promise<void> {
  await app.control('POST', 'faults', { crashPoints: point, indexLag: { ms: 60_000 } });
}

async function expectFired(): Promise<void> {
  const { active } = (await app.control('GET', 'faults')) as unknown as {
    active: { kind: string; fired: number }[];
  };
  const fired = active.filter((fault) => fault.kind === 'crashPoints').map((fault) => fault.fired);
  expect(fired).toEqual([1]);
  await app.control('POST', 'faults', { clear: true });
}

async function make(): Promise<{ issue: IssueRef; summary: string }> {
  number += 1;
  const summary = `Crash case ${number}`;
  return {
    issue: await createIssue(app, 'acme', { project: 'SUP', type: 'Bug', summary, labels: ['kept'] }),
    summary,
  };
}

async function expectOneTwin(issue: IssueRef, summary: string): Promise<void> {
  const found = await search(app, 'globex', `project = GSD AND summary ~ "${summary}"`);
  expect(found).toHaveLength(1);
  const twin = await twinOf(app, 'acme', issue);
  expect(twin).toBe(found[0]?.key);
  expect(await differences(app, mapping, { acme: issue.key, globex: String(twin) })).toEqual([]);
}
