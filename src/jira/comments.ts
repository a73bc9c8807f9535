/** Comments of an issue. */
import { z } from 'zod';
import { type Audience, audienceSchema } from '#core/model/comment-terms';
import { type Adf, adfSchema } from '#core/model/value';
import type { CommentRead } from '#engine/ports/site';
import type { Mark, SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { markProperties, readMarks } from './mark';
import { momentSchema } from './moment';
import { askAll } from './paging';
import { ask, restPath, tell } from './send';

const propertySchema = z.looseObject({ key: z.string(), value: z.unknown() });
const authorSchema = z.looseObject({ displayName: z.string().optional(), accountId: z.string().optional() });

const commentSchema = z
  .looseObject({
    id: z.string(),
    body: adfSchema,
    author: authorSchema.optional(),
    created: momentSchema,
    updated: momentSchema,
    visibility: z.looseObject({ type: z.string(), value: z.string().nullish() }).nullish(),
    jsdPublic: z.boolean().optional(),
    properties: z.array(propertySchema).optional(),
  })
  .transform((comment): CommentRead => {
    const isRestricted = comment.visibility !== undefined && comment.visibility !== null;
    const audience = audienceSchema.safeParse({
      type: comment.visibility?.type,
      name: comment.visibility?.value,
    });
    const isInternal = comment.jsdPublic === false;
    return {
      id: comment.id,
      body: comment.body,
      authorName: comment.author?.displayName ?? 'Somebody',
      authorAccountId: comment.author?.accountId ?? '',
      createdAt: comment.created,
      updatedAt: comment.updated,
      restricted: isRestricted || isInternal,
      ...(audience.success && !isInternal ? { audience: audience.data } : {}),
      marks: readMarks(Object.fromEntries((comment.properties ?? []).map(({ key, value }) => [key, value]))),
    };
  });

export async function readComment(
  client: JiraClient,
  issueId: string,
  commentId: string,
): Promise<SiteResult<CommentRead>> {
  const path = restPath('issue', issueId, 'comment', commentId);
  return ask(client, { path, query: { expand: 'properties' } }, commentSchema);
}

/** Oldest first. */
export async function listComments(client: JiraClient, issueId: string): Promise<SiteResult<CommentRead[]>> {
  const request = {
    path: restPath('issue', issueId, 'comment'),
    query: { orderBy: 'created', expand: 'properties' },
  };
  return askAll(client, request, { list: ['comments'], item: commentSchema, pageSize: 100 });
}

const inlineSchema = z.looseObject({ total: z.number(), comments: z.array(commentSchema) });

/** Comments that came with their issue, oldest first; undefined when Jira did not send all of them. */
export function inlineComments(raw: unknown): CommentRead[] | undefined {
  const parsed = inlineSchema.safeParse(raw);
  if (!parsed.success || parsed.data.comments.length < parsed.data.total) return undefined;
  return [...parsed.data.comments].sort((a, b) => a.createdAt - b.createdAt);
}

/** The mark is in the same request. */
export async function createComment(
  client: JiraClient,
  issueId: string,
  body: Adf,
  mark: Mark,
  audience?: Audience,
): Promise<SiteResult<{ id: string }>> {
  const made = await ask(
    client,
    {
      method: 'POST',
      path: restPath('issue', issueId, 'comment'),
      body: { body, properties: markProperties(mark), ...(audience === undefined ? {} : shownTo(audience)) },
    },
    z.looseObject({ id: z.string() }),
  );
  return made.ok ? { ok: true, value: { id: made.value.id } } : made;
}

export async function updateComment(
  client: JiraClient,
  issueId: string,
  commentId: string,
  body: Adf,
  audience?: Audience,
): Promise<SiteResult<void>> {
  return tell(client, {
    method: 'PUT',
    path: restPath('issue', issueId, 'comment', commentId),
    body: { body, ...(audience === undefined ? {} : shownTo(audience)) },
  });
}

function shownTo({ type, name }: Audience): { visibility: { type: string; value: string } } {
  return { visibility: { type, value: name } };
}

export async function deleteComment(
  client: JiraClient,
  issueId: string,
  commentId: string,
): Promise<SiteResult<void>> {
  return tell(client, { method: 'DELETE', path: restPath('issue', issueId, 'comment', commentId) });
}
