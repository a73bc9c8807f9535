/** What webhooks of Data Center say about an event: the whole issue as the acting user sees it, and what happened. */
import type { ChangeItem, CommentRow, IssueRow } from '../jira/entities';
import { renderAttachment, renderComment, renderWorklog, serverItem } from '../jira/views/activity';
import { renderVersionInFull } from '../jira/views/choices';
import { renderIssue } from '../jira/views/issue';
import { renderUser } from '../jira/views/people';
import type { Session } from '../jira/world';

/** One webhook event. `issue` is the one that JQL filters look at; events of other things have none. */
export interface Notice {
  event: string;
  body: Record<string, unknown>;
  issue?: IssueRow;
  /** Values of the variables that an address may name. */
  variables: Readonly<Record<string, string>>;
}

type Payload = Record<string, unknown>;

/** The webhook events behind one event of the shared core; none for what Data Center tells nobody. */
export function noticesOf(session: Session, eventType: string, payload: Payload): Notice[] {
  const [, , verb = '', thing = ''] = eventType.split(':');
  switch (thing) {
    case 'issue':
      return issueNotices(session, verb, payload);
    case 'comment':
      return verb === 'deleted' ? commentNotices(session, payload, 'comment_deleted') : [];
    case 'worklog':
      return worklogNotices(session, verb, payload);
    case 'issuelink':
      return [linkNotice(session, verb, payload)];
    case 'attachment':
      return attachmentNotices(session, verb, payload);
    case 'version':
      return versionNotices(session, verb, payload);
    case 'issue_property':
      return propertyNotices(session, verb, payload);
    default:
      return [];
  }
}

function base(session: Session, event: string): Record<string, unknown> {
  return {
    timestamp: session.now,
    webhookEvent: event,
    ...(session.me === undefined ? {} : { user: renderUser(session, session.me) }),
  };
}

function issueOfPayload(session: Session, payload: Payload): IssueRow | undefined {
  return session.store.issues.get((payload['issue'] as { id?: string } | undefined)?.id);
}

/** Recorded deliveries have no `expand` in the issue. */
function wholeIssue(session: Session, issue: IssueRow): Record<string, unknown> {
  const { expand: _none, ...rest } = renderIssue(session, issue, {
    fields: ['*all'],
    expand: [],
    properties: [],
  });
  return rest;
}

function variablesOf(session: Session, issue: IssueRow): Record<string, string> {
  const project = session.store.projects.must(issue.projectId);
  return {
    'issue.id': issue.id,
    'issue.key': issue.key,
    'project.id': project.id,
    'project.key': project.key,
  };
}

function issueNotice(session: Session, event: string, issue: IssueRow, more: Payload): Notice {
  return {
    event,
    issue,
    variables: variablesOf(session, issue),
    body: { ...base(session, event), ...more, issue: wholeIssue(session, issue) },
  };
}

const ISSUE_EVENTS: Readonly<Record<string, string>> = {
  created: 'jira:issue_created',
  updated: 'jira:issue_updated',
  deleted: 'jira:issue_deleted',
};

function issueNotices(session: Session, verb: string, payload: Payload): Notice[] {
  if (verb === 'commented') {
    const isNew = payload['jiraEventTypeName'] === 'issue_commented';
    return commentNotices(session, payload, isNew ? 'comment_created' : 'comment_updated');
  }
  const event = ISSUE_EVENTS[verb];
  const issue = issueOfPayload(session, payload);
  if (event === undefined || issue === undefined) return [];
  const changelog = payload['changelog'] as { id: string; items: readonly ChangeItem[] } | undefined;
  return [
    issueNotice(session, event, issue, {
      issue_event_type_name: payload['jiraEventTypeName'],
      ...(changelog === undefined
        ? {}
        : { changelog: { id: changelog.id, items: changelog.items.map(serverItem) } }),
    }),
  ];
}

const COMMENT_TYPES: Readonly<Record<string, string>> = {
  comment_created: 'issue_commented',
  comment_updated: 'issue_comment_edited',
  comment_deleted: 'issue_comment_deleted',
};

/** A comment makes two: one about the comment, one about its issue. Recorded: a new comment's has no `user`. */
function commentNotices(session: Session, payload: Payload, event: string): Notice[] {
  const issue = issueOfPayload(session, payload);
  if (issue === undefined) return [];
  const id = String((payload['comment'] as { id?: unknown } | undefined)?.id);
  const row: CommentRow | undefined = session.store.comments.get(id);
  const comment = row === undefined ? (payload['comment'] as Payload) : renderComment(session, row);
  const { user, ...head } = base(session, event);
  const about = issueNotice(session, 'jira:issue_updated', issue, {
    issue_event_type_name: COMMENT_TYPES[event],
    ...(event === 'comment_deleted' ? {} : { comment }),
  });
  const own: Notice = {
    event,
    issue,
    variables: { ...variablesOf(session, issue), 'comment.id': id },
    body: { ...head, ...(event === 'comment_created' || user === undefined ? {} : { user }), comment },
  };
  return [own, about];
}

function worklogNotices(session: Session, verb: string, payload: Payload): Notice[] {
  const brief = payload['worklog'] as { id: string; issueId: string };
  const issue = session.store.issues.get(brief.issueId);
  if (issue === undefined) return [];
  const row = session.store.worklogs.get(brief.id);
  const event = `worklog_${verb}`;
  return [
    {
      event,
      issue,
      variables: { ...variablesOf(session, issue), 'worklog.id': brief.id },
      body: { ...base(session, event), worklog: row === undefined ? brief : renderWorklog(session, row) },
    },
  ];
}

function linkNotice(session: Session, verb: string, payload: Payload): Notice {
  const event = `issuelink_${verb}`;
  const type = payload['issueLinkType'] as { id: string; name: string; inward: string; outward: string };
  return {
    event,
    variables: {},
    body: {
      ...base(session, event),
      issueLink: {
        id: Number(payload['id']),
        sourceIssueId: Number(payload['sourceIssueId']),
        destinationIssueId: Number(payload['destinationIssueId']),
        issueLinkType: {
          id: Number(type.id),
          name: type.name,
          outwardName: type.outward,
          inwardName: type.inward,
          isSubTaskLinkType: false,
          isSystemLinkType: false,
        },
        systemLink: false,
      },
    },
  };
}

function attachmentNotices(session: Session, verb: string, payload: Payload): Notice[] {
  const brief = payload['attachment'] as { id: string; issueId: string };
  const issue = session.store.issues.get(brief.issueId);
  if (issue === undefined) return [];
  const row = session.store.attachments.get(brief.id);
  const event = `attachment_${verb}`;
  return [
    {
      event,
      issue,
      variables: { ...variablesOf(session, issue), 'attachment.id': brief.id },
      body: {
        ...base(session, event),
        attachment: row === undefined ? brief : renderAttachment(session, row),
      },
    },
  ];
}

function versionNotices(session: Session, verb: string, payload: Payload): Notice[] {
  const brief = payload['version'] as { id?: unknown } | undefined;
  const id = String(brief?.id);
  const event = `jira:version_${verb}`;
  const known = session.store.versions.get(id) !== undefined;
  return [
    {
      event,
      variables: { 'version.id': id },
      body: { ...base(session, event), version: known ? renderVersionInFull(session, id) : brief },
    },
  ];
}

/** Of this site's own making: Cloud's core tells nobody of properties. */
function propertyNotices(session: Session, verb: string, payload: Payload): Notice[] {
  const issue = issueOfPayload(session, payload);
  if (issue === undefined) return [];
  const event = `issue_property_${verb}`;
  return [
    {
      event,
      issue,
      variables: variablesOf(session, issue),
      body: { ...base(session, event), property: payload['property'], issue: wholeIssue(session, issue) },
    },
  ];
}
