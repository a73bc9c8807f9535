/** Questions are asked again after a passing failure, as long as a person would wait; writes never are. */
import type { JiraRequest } from '#jira/jira-client';
import { patientClient } from '#jira/patient-client';

type Step = [status: number, retryAfter?: string];

async function play(steps: Step[], method: JiraRequest['method'] = 'GET') {
  const waits: number[] = [];
  let asked = 0;
  const client = patientClient(
    {
      async request() {
        const [status, retryAfter] = steps[Math.min(asked, steps.length - 1)] ?? [200];
        asked += 1;
        const headers = { get: (name: string) => (name === 'Retry-After' ? (retryAfter ?? null) : null) };
        return { status, headers, text: async () => '' };
      },
    },
    async (ms) => {
      waits.push(ms);
    },
  );
  const { status } = await client.request('/rest/api/3/field', { method, headers: {} });
  return { status, asked, waits };
}

test.each<[string, Step[], { status: number; asked: number; waits: number[] }]>([
  ['an answer', [[200]], { status: 200, asked: 1, waits: [] }],
  ['a refusal is an answer', [[404]], { status: 404, asked: 1, waits: [] }],
  ['one bad gateway', [[502], [200]], { status: 200, asked: 2, waits: [200] }],
  ['a limit which says how long', [[429, '1'], [200]], { status: 200, asked: 2, waits: [1_000] }],
  ['a limit of zero seconds', [[429, '0'], [200]], { status: 200, asked: 2, waits: [200] }],
  ['a limit too long to sit out', [[429, '60']], { status: 429, asked: 1, waits: [] }],
  ['a header that is no number', [[503, 'soon'], [200]], { status: 200, asked: 2, waits: [200] }],
  ['no end', [[500]], { status: 500, asked: 4, waits: [200, 500, 1_200] }],
])('%s', async (_name, steps, expected) => {
  expect(await play(steps)).toEqual(expected);
});

test.each(['POST', 'PUT', 'DELETE'] as const)('a %s is sent once', async (method) => {
  expect(await play([[503], [200]], method)).toEqual({ status: 503, asked: 1, waits: [] });
});
