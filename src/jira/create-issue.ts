/** Creates an issue together with its mark. */
import { z } from 'zod';
import type { CreateRequest } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { markProperties } from './mark';
import { ask, restPath } from './send';

const createdSchema = z.looseObject({ id: z.string(), key: z.string() });

/** The mark is in the same request, so that a lost answer can be found again. */
export async function createIssue(
  client: JiraClient,
  request: CreateRequest,
): Promise<SiteResult<{ id: string; key: string }>> {
  const body = detailsOf(request);
  const made = await ask(client, { method: 'POST', path: restPath('issue'), body }, createdSchema);
  return made.ok ? { ok: true, value: { id: made.value.id, key: made.value.key } } : made;
}

/** An issue as Jira wants it, alone or as an element of many. */
export function detailsOf(request: CreateRequest): object {
  return {
    fields: {
      ...request.fields,
      project: { id: request.projectId },
      issuetype: { id: request.typeId },
    },
    properties: markProperties(request.mark),
  };
}
