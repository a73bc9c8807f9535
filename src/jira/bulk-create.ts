/** Creates up to 50 issues with one call, each with its own mark, and says what became of every one. */
import { z } from 'zod';
import type { CreateRequest } from '#engine/ports/site';
import type { SiteFailure, SiteResult } from '#engine/ports/site-result';
import { detailsOf } from './create-issue';
import { failureOf } from './errors';
import type { JiraClient } from './jira-client';
import { askRefusable, restPath } from './send';

/** Jira's own limit of this operation. */
const bulkLimit = 50;

const errorSchema = z.looseObject({
  status: z.number().optional(),
  failedElementNumber: z.number().int().nonnegative().optional(),
  elementErrors: z.unknown(),
});
const createdSchema = z.looseObject({
  issues: z.array(z.looseObject({ id: z.string(), key: z.string() })),
  errors: z.array(errorSchema).optional(),
});

type Made = SiteResult<{ id: string; key: string }>;

/**
 * Jira answers with what it made, in order, and apart from it with what it refused, by position. An answer that does not
 * add up counts as none: whoever asked looks for its marks.
 */
export async function createIssues(
  client: JiraClient,
  requests: readonly CreateRequest[],
): Promise<SiteResult<Made[]>> {
  if (requests.length === 0) return { ok: true, value: [] };
  if (requests.length > bulkLimit) throw new Error(`createIssues takes at most ${bulkLimit} issues`);
  const body = { issueUpdates: requests.map(detailsOf) };
  const path = restPath('issue', 'bulk');
  const answer = await askRefusable(client, { method: 'POST', path, body }, createdSchema);
  if (!answer.ok) return answer;
  const { issues, errors = [] } = answer.value;
  const [whole] = errors;
  if (issues.length === 0 && whole !== undefined && whole.failedElementNumber === undefined) {
    return { ok: false, failure: failureOf(whole.status, whole.elementErrors) };
  }
  const refused = new Map<number, SiteFailure>();
  for (const { failedElementNumber, status, elementErrors } of errors) {
    if (failedElementNumber !== undefined) refused.set(failedElementNumber, failureOf(status, elementErrors));
  }
  if (issues.length + refused.size !== requests.length) return unclear(path);
  const made = issues[Symbol.iterator]();
  return { ok: true, value: requests.map((_request, position): Made => next(refused.get(position), made)) };
}

function next(failure: SiteFailure | undefined, made: Iterator<{ id: string; key: string }>): Made {
  if (failure !== undefined) return { ok: false, failure };
  const { id, key } = made.next().value as { id: string; key: string };
  return { ok: true, value: { id, key } };
}

function unclear(path: string): SiteResult<never> {
  const message = `Jira answered ${path} in an unexpected form (issues and errors do not add up).`;
  return { ok: false, failure: { kind: 'unavailable', message } };
}
