/** Calls that only show something are asked again while the platform is busy, and nothing else is. */
import type { CallError } from '../../../src/api/calls';
import { askPatiently } from '../../../static/app/src/patience';

type Step = 'ok' | CallError['code'] | number;

async function play(steps: Step[]) {
  const waits: number[] = [];
  let asked = 0;
  const answer = await askPatiently(
    async () => {
      const step = steps[Math.min(asked, steps.length - 1)] ?? 'ok';
      asked += 1;
      if (step === 'ok') return { ok: true as const };
      const error: CallError =
        typeof step === 'number'
          ? { code: 'busy', message: '', retryAfterMs: step }
          : { code: step, message: '' };
      return { ok: false as const, error };
    },
    async (ms) => {
      waits.push(ms);
    },
  );
  return { ok: answer.ok, waits };
}

test.each<[string, Step[], { ok: boolean; waits: number[] }]>([
  ['an answer', ['ok'], { ok: true, waits: [] }],
  ['a refusal is an answer', ['forbidden', 'ok'], { ok: false, waits: [] }],
  ['no answer at all is none', ['unavailable', 'ok'], { ok: false, waits: [] }],
  ['busy for a moment', ['busy', 'busy', 'ok'], { ok: true, waits: [1_000, 2_000] }],
  ['busy, and says for how long', [3_000, 'ok'], { ok: true, waits: [3_000] }],
  ['busy for longer than a person waits', [690_000, 'ok'], { ok: false, waits: [] }],
  ['busy without end', ['busy'], { ok: false, waits: [1_000, 2_000, 4_000] }],
])('%s', async (_name, steps, expected) => {
  expect(await play(steps)).toEqual(expected);
});
