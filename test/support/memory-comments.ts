/** Comments of the Jira in memory, as the app's port sees and writes them. */
import type { Audience } from '#core/model/comment-terms';
import type { Adf } from '#core/model/value';
import type { CommentRead, LocalFields, Site } from '#engine/ports/site';
import type { Mark, SiteResult } from '#engine/ports/site-result';
import { clone, gone, good } from './site-answers';

interface Comment {
  id: string;
  body: Adf;
  author: string;
  restricted: boolean;
  audience?: Audience;
  marks: Mark[];
  createdAt: number;
  updatedAt: number;
}

interface Parts<Issue> {
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: Issue) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  refuse(issueId: string, texts: readonly unknown[]): SiteResult<never> | undefined;
  add(
    actor: string,
    issue: Issue,
    facts: Pick<Comment, 'body' | 'restricted' | 'audience' | 'marks'>,
  ): Comment;
  edit(actor: string, issue: Issue, comment: Comment, body: Adf): void;
  remove(actor: string, issue: Issue, commentId: string): void;
}

type Port = Pick<Site, 'readComment' | 'listComments' | 'createComment' | 'updateComment' | 'deleteComment'>;

export function memoryComments<Issue extends { id: string; comments: Comment[] }>({
  on,
  refuse,
  add,
  edit,
  remove,
}: Parts<Issue>): Port {
  return {
    readComment: (issueId, commentId) =>
      on('readComment', issueId, {}, (issue) => {
        const comment = issue.comments.find(({ id }) => id === commentId);
        return comment === undefined ? gone('No such comment.') : good(readComment(comment));
      }),
    listComments: (issueId) =>
      on('listComments', issueId, {}, (issue) => good(issue.comments.map(readComment))),
    createComment: (issueId, body, mark, audience) =>
      on('createComment', issueId, {}, (issue) => {
        const refused = refuse(issue.id, [body]);
        if (refused !== undefined) return refused;
        const shown = { restricted: audience !== undefined, ...(audience === undefined ? {} : { audience }) };
        const comment = add('app', issue, { body: clone(body), ...shown, marks: [mark] });
        return good({ id: comment.id });
      }),
    updateComment: (issueId, commentId, body, audience) =>
      on('updateComment', issueId, {}, (issue) => {
        const comment = issue.comments.find(({ id }) => id === commentId);
        if (comment === undefined) return gone('No such comment.');
        const refused = refuse(issue.id, [body]);
        if (refused !== undefined) return refused;
        if (audience !== undefined) Object.assign(comment, { restricted: true, audience });
        edit('app', issue, comment, body);
        return good(undefined);
      }),
    deleteComment: (issueId, commentId) =>
      on('deleteComment', issueId, {}, (issue) => {
        if (!issue.comments.some(({ id }) => id === commentId)) return gone('No such comment.');
        remove('app', issue, commentId);
        return good(undefined);
      }),
  };
}

export function readComment(comment: Comment): CommentRead {
  const { author, ...rest } = comment;
  return { ...rest, authorName: author, authorAccountId: author };
}
