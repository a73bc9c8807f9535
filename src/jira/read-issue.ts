/** Reads issues, one or a hundred. */
import { z } from 'zod';
import type { IssueRead } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { fileField, inlineFilesOf } from './attachments';
import { inlineComments } from './comments';
import { changelogSchema } from './history';
import type { JiraClient } from './jira-client';
import { markKey, readMarks } from './mark';
import { momentSchema } from './moment';
import { ask, restPath } from './send';
import { withPeople } from './watchers';

/** Always read: they say where the issue stands and whether it may leave the site. */
const ownFields = ['project', 'issuetype', 'status', 'security', 'created', 'updated', 'archiveddate'];

const withId = z.looseObject({ id: z.string() });

export const issueSchema = z
  .looseObject({
    id: z.string(),
    key: z.string(),
    fields: z.looseObject({
      project: withId,
      issuetype: withId,
      status: withId,
      security: z.unknown().optional(),
      archiveddate: z.unknown().optional(),
      created: momentSchema,
      updated: momentSchema,
    }),
    properties: z.record(z.string(), z.unknown()).optional(),
    changelog: changelogSchema,
  })
  .transform(({ id, key, fields, properties, changelog }): IssueRead => {
    return {
      id,
      key,
      projectId: fields.project.id,
      typeId: fields.issuetype.id,
      statusId: fields.status.id,
      updatedAt: fields.updated,
      createdAt: fields.created,
      restricted: fields.security !== null && fields.security !== undefined,
      ...(fields.archiveddate === null || fields.archiveddate === undefined ? {} : { archived: true }),
      fields,
      marks: readMarks(properties),
      ...(changelog === undefined ? {} : { history: changelog }),
    };
  });

const commentField = 'comment';

/** Bulk fetch takes at most this many issues. */
const bulkLimit = 100;

export async function readIssue(
  client: JiraClient,
  issueId: string,
  fields: readonly string[],
): Promise<SiteResult<IssueRead>> {
  const query = { fields: allFields(fields), properties: [markKey], expand: 'changelog' };
  const read = await ask(client, { path: restPath('issue', issueId), query }, issueSchema);
  return read.ok ? { ok: true, value: await withPeople(client, read.value, fields) } : read;
}

/** Issues that are missing or not visible are left out. From the store, so that a fresh issue is there. */
export async function readIssues(
  client: JiraClient,
  issueIdsOrKeys: readonly string[],
  fields: readonly string[],
  also: { comments?: boolean; files?: boolean; history?: boolean } = {},
): Promise<SiteResult<IssueRead[]>> {
  if (issueIdsOrKeys.length === 0) return { ok: true, value: [] };
  if (issueIdsOrKeys.length > bulkLimit) throw new Error(`readIssues takes at most ${bulkLimit} issues`);
  const hung = hungFields(also);
  const wanted = [...fields, ...hung];
  const expand = also.history === true ? { expand: ['changelog'] } : {};
  const body = { issueIdsOrKeys, fields: allFields(wanted), properties: [markKey], ...expand };
  const answer = await ask(
    client,
    { method: 'POST', path: restPath('issue', 'bulkfetch'), body },
    z.looseObject({ issues: z.array(issueSchema) }),
  );
  if (!answer.ok) return answer;
  const issues: IssueRead[] = [];
  for (const issue of answer.value.issues) {
    issues.push(await withHung(client, issue, fields, hung));
  }
  return { ok: true, value: issues };
}

function hungFields(also: { comments?: boolean; files?: boolean }): string[] {
  return [...(also.comments === true ? [commentField] : []), ...(also.files === true ? [fileField] : [])];
}

/** What hangs on an issue comes as fields, and stands beside them in the answer. */
async function withHung(
  client: JiraClient,
  issue: IssueRead,
  fields: readonly string[],
  hung: readonly string[],
): Promise<IssueRead> {
  if (hung.length === 0) return withPeople(client, issue, fields);
  const { [commentField]: said, [fileField]: attached, ...rest } = issue.fields;
  const known = await withPeople(client, { ...issue, fields: rest }, fields);
  const comments = hung.includes(commentField) ? inlineComments(said) : undefined;
  const files = hung.includes(fileField) ? inlineFilesOf(attached) : undefined;
  return {
    ...known,
    ...(comments === undefined ? {} : { comments }),
    ...(files === undefined ? {} : { files }),
  };
}

function allFields(fields: readonly string[]): string[] {
  return [...new Set([...ownFields, ...fields])];
}
