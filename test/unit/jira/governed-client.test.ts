/** The governor in front of a Jira that limits in every way that Jira has: what is asked, what waits, and what is written for it. */
import { hourMs } from '#core/governor/hour-budget';
import { createGovernor } from '#engine/governor/create-governor';
import { createJiraSite } from '#jira/create-jira-site';
import { governedClient } from '#jira/governed-client';
import { memoryStore } from '../../support/memory-store';
import { seededRandom } from '../../support/seeded-random';
import { virtualClock } from '../../support/virtual-clock';

type Answer = { status: number; headers?: Record<string, string>; body?: unknown };
const comment = { id: '10100' };
const done: Answer = { status: 201, body: comment };

function setting(answers: (asked: string[]) => Answer, share = 0.2) {
  const clock = virtualClock();
  const store = memoryStore(clock);
  const asked: string[] = [];
  const client = {
    async request(path: string, init: { method: string }) {
      asked.push(`${init.method} ${path}`);
      const { status, headers = {}, body = {} } = answers(asked);
      return { status, headers: new Headers(headers), text: async () => JSON.stringify(body) };
    },
  };
  const invocation = () => {
    const governor = createGovernor({ store, clock, random: seededRandom(1) }, share);
    return { governor, site: createJiraSite(governedClient(client, governor)) };
  };
  return { clock, store, asked, invocation };
}

const text = { type: 'doc' as const, version: 1, content: [] };
const mark = { connection: 'link', twin: 'twin' };

test('a quota that is used up stops everything until the full hour, and nothing is asked meanwhile', async () => {
  const used = { 'RateLimit-Reason': 'jira-quota-global-based', 'Retry-After': '5' };
  const { clock, asked, invocation, store } = setting(() => ({ status: 429, headers: used }));
  const { site, governor } = invocation();
  governor.begin('a', undefined);
  const first = await site.createComment('10001', text, mark);
  const untilHour = hourMs - (clock.now() % hourMs);
  expect(first).toMatchObject({ ok: false, failure: { kind: 'limited', quota: true } });
  const waits = !first.ok && first.failure.kind === 'limited' ? first.failure.retryAfterMs : 0;
  expect(waits).toBeGreaterThanOrEqual(untilHour);
  expect(waits).toBeLessThanOrEqual(untilHour + 31_000);
  await site.createComment('10001', text, mark);
  expect(asked).toHaveLength(1);
  // Another run asks for a block, and learns it there without asking Jira.
  const other = invocation();
  other.governor.begin('b', { hour: Math.floor(clock.now() / hourMs), left: -40 });
  expect(await other.site.createComment('10002', text, mark)).toMatchObject({ failure: { quota: true } });
  expect(asked).toHaveLength(1);
  clock.advance(waits);
  const later = invocation();
  await later.site.createComment('10001', text, mark);
  expect(asked).toHaveLength(2);
  expect(store.rows('registry')).toHaveLength(1);
});

test.each([
  ['a burst', { 'RateLimit-Reason': 'jira-burst-based', 'Retry-After': '2' }, 2_000],
  ['writes of one issue', { 'RateLimit-Reason': 'jira-per-issue-on-write', 'Retry-After': '7' }, 7_000],
  ['the gateway, which names nothing', {}, 5_000],
])('a limit of %s waits as long as Jira says', async (_name, headers, retryAfterMs) => {
  const { invocation } = setting(() => ({ status: 429, headers: headers as Record<string, string> }));
  const answer = await invocation().site.createComment('10001', text, mark);
  expect(answer).toMatchObject({ failure: { kind: 'limited', quota: false, retryAfterMs } });
});

test('single edits write no row; a block is reserved for many', async () => {
  const { invocation, store, clock } = setting(() => done);
  const credits: unknown[] = [];
  let credit: Parameters<ReturnType<typeof invocation>['governor']['begin']>[1];
  for (let edit = 0; edit < 100; edit += 1) {
    const { governor, site } = invocation();
    governor.begin('a', credit);
    for (let call = 0; call < 3; call += 1) await site.createComment(`${10_000 + edit}`, text, mark);
    credit = governor.credit();
    credits.push(credit?.left);
    clock.advance(1_000);
  }
  // 300 points: 40 ahead of the first block of 200, and a second one.
  expect(store.written.transactions).toBe(2);
  expect(credits.slice(0, 2)).toEqual([-3, -6]);
  expect(credits.at(-1)).toBe(100);
});

test('twenty writes of one issue in a row: sixteen go, the others wait two seconds at most', async () => {
  const { invocation, asked } = setting(() => done);
  const { site } = invocation();
  const answers = [];
  for (let write = 0; write < 20; write += 1) answers.push(await site.createComment('10001', text, mark));
  expect(asked).toHaveLength(16);
  expect(answers[16]).toMatchObject({ failure: { kind: 'limited', quota: false, retryAfterMs: 2_000 } });
});

test('when little is left for all, what may wait stops and what is live goes on', async () => {
  const headers = {
    'RateLimit-Policy': '"global-app-quota";q=65000;w=3600',
    RateLimit: '"global-app-quota";r=9000;t=60',
  };
  const { invocation, asked } = setting(() => ({ ...done, headers }));
  const { governor, site } = invocation();
  governor.begin('a', undefined);
  governor.setLane('background');
  expect(await site.createComment('10001', text, mark)).toMatchObject({ ok: true });
  expect(await site.createComment('10002', text, mark)).toMatchObject({
    failure: { kind: 'limited', only: 'background' },
  });
  governor.setLane('live');
  expect(await site.createComment('10002', text, mark)).toMatchObject({ ok: true });
  expect(asked).toHaveLength(2);
});
