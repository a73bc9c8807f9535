/** Webhooks of Data Center: administrators register them by REST, JQL narrows them to issues, and each event is posted once. */

import { demandAdmin } from '../jira/access';
import { issueView, jqlEnv } from '../jira/jql-site';
import { Problem, refuse } from '../jira/problem';
import { type Call, created, NO_CONTENT, ok, type Route, route } from '../jira/router';
import { formatMoment } from '../jira/time';
import { newUuid, requireUser, type Session, siteUrl } from '../jira/world';
import { compileJql } from '../jql/compile-jql';
import type { WebhookDelivery } from '../seam';
import { readBodyRecord, textIn } from './read-record';
import type { WebhookRow } from './tables';
import { type Notice, noticesOf } from './webhook-bodies';

/** Key under which a registration carries its JQL. */
const ISSUE_FILTER = 'issue-related-events-section';

/** Events that can be asked for. */
const EVENTS: ReadonlySet<string> = new Set([
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'comment_created',
  'comment_updated',
  'comment_deleted',
  'worklog_created',
  'worklog_updated',
  'worklog_deleted',
  'issuelink_created',
  'issuelink_deleted',
  'attachment_created',
  'attachment_deleted',
  'issue_property_set',
  'issue_property_deleted',
  'jira:version_created',
  'jira:version_updated',
  'jira:version_deleted',
  'jira:version_released',
  'jira:version_unreleased',
]);

const BASE = '/rest/webhooks/1.0/webhook';
const NOTE = { note: 'described by the webhook guide, not by the REST document' };

export const webhookRoutes: readonly Route[] = [
  route(
    `GET ${BASE}`,
    (call) => {
      demandAdmin(call);
      return ok(call.store.webhooks.all().map((row) => render(call, row)));
    },
    NOTE,
  ),
  route(`GET ${BASE}/{id}`, (call) => ok(render(call, webhookAt(call))), NOTE),
  route(
    `POST ${BASE}`,
    (call) => {
      demandAdmin(call);
      const row = { id: call.store.nextId('webhook'), ...readWebhook(call, undefined) };
      return created(render(call, call.store.webhooks.put(row)));
    },
    NOTE,
  ),
  route(
    `PUT ${BASE}/{id}`,
    (call) => {
      const old = webhookAt(call);
      return ok(render(call, call.store.webhooks.put({ id: old.id, ...readWebhook(call, old) })));
    },
    NOTE,
  ),
  route(
    `DELETE ${BASE}/{id}`,
    (call) => {
      call.store.webhooks.remove(webhookAt(call).id);
      return NO_CONTENT;
    },
    NOTE,
  ),
];

function webhookAt(call: Call): WebhookRow {
  demandAdmin(call);
  const row = call.store.webhooks.get(call.params['id']);
  if (row === undefined) throw refuse(404, `Webhook with id ${call.params['id']} does not exist.`);
  return row;
}

const KNOWN = [
  'name',
  'url',
  'events',
  'filters',
  'jqlFilter',
  'excludeBody',
  'excludeIssueDetails',
  'enabled',
  'self',
  'lastUpdatedUser',
  'lastUpdatedDisplayName',
  'lastUpdated',
  'lastUpdatedShort',
];

/** The values of a request over those that were there. */
function readWebhook(call: Call, old: WebhookRow | undefined): Omit<WebhookRow, 'id'> {
  const body = readBodyRecord(call, KNOWN);
  const name = textIn(body, 'name') ?? old?.name ?? '';
  const url = textIn(body, 'url') ?? old?.url ?? '';
  if (name.trim() === '') throw refuse(400, 'The name of the webhook is required.');
  // Variables are filled in later: braces are no part of an address.
  if (!URL.canParse(url.replace(/\$\{[^}]*\}/g, 'x')) || !/^https?:/i.test(url)) {
    throw refuse(400, 'The URL of the webhook is not valid.');
  }
  const exclude = body['excludeBody'] ?? body['excludeIssueDetails'] ?? old?.excludeBody ?? false;
  return {
    name,
    url,
    events: readEvents(body['events']) ?? old?.events ?? [],
    jql: readJql(call, body) ?? old?.jql ?? '',
    excludeBody: exclude === true,
    enabled: (body['enabled'] ?? old?.enabled ?? true) === true,
    updatedBy: requireUser(call).id,
    updated: call.now,
  };
}

function readEvents(input: unknown): string[] | undefined {
  if (input === undefined) return undefined;
  if (!Array.isArray(input)) throw refuse(400, "'events' must be an array.");
  for (const event of input) {
    if (!EVENTS.has(String(event)))
      throw refuse(400, `The emulator has no webhook event '${String(event)}'.`);
  }
  return input.map(String);
}

function readJql(call: Call, body: Record<string, unknown>): string | undefined {
  const filters = body['filters'] as Record<string, unknown> | undefined;
  const jql = textIn(filters ?? {}, ISSUE_FILTER) ?? textIn(body, 'jqlFilter');
  if (jql === undefined || jql === '') return jql;
  const compiled = compileJql(jql, jqlEnv(call));
  if (!compiled.ok) throw new Problem(400, { errorMessages: [...compiled.errorMessages], errors: {} });
  return jql;
}

function render(call: Call, row: WebhookRow): Record<string, unknown> {
  return {
    name: row.name,
    url: row.url,
    excludeBody: row.excludeBody,
    filters: { [ISSUE_FILTER]: row.jql },
    events: [...row.events],
    enabled: row.enabled,
    self: siteUrl(call, `${BASE}/${row.id}`),
    lastUpdatedUser: row.updatedBy,
    lastUpdatedDisplayName: call.store.users.get(row.updatedBy)?.name ?? row.updatedBy,
    lastUpdated: row.updated,
    lastUpdatedShort: formatMoment(row.updated, call.timeZone),
  };
}

/** The posts that an event causes now, rendered before anything of it can be gone. */
export function deliveriesOf(
  session: Session,
  eventType: string,
  payload: Record<string, unknown>,
): WebhookDelivery[] {
  const hooks = session.store.webhooks.all().filter((row) => row.enabled);
  if (hooks.length === 0) return [];
  return noticesOf(session, eventType, payload).flatMap((notice) =>
    hooks
      .filter((row) => row.events.includes(notice.event) && fits(session, row, notice))
      .map((row) => ({
        event: notice.event,
        url: addressOf(session, row, notice),
        body: row.excludeBody ? undefined : notice.body,
        identifier: newUuid(session.world.random),
      })),
  );
}

/** Whether the issue of the event is one that the webhook's owner asked for. */
function fits(session: Session, row: WebhookRow, notice: Notice): boolean {
  if (row.jql === '' || notice.issue === undefined) return true;
  const owner = { ...session, me: session.store.users.get(row.updatedBy) };
  const compiled = compileJql(row.jql, jqlEnv(owner));
  return compiled.ok && compiled.matches(issueView(owner, notice.issue));
}

/** The address with its variables filled in and who acted appended, as Jira does. */
function addressOf(session: Session, row: WebhookRow, notice: Notice): string {
  const filled = row.url.replace(/\$\{([^}]*)\}/g, (_all, name: string) =>
    encodeURIComponent(notice.variables[name] ?? ''),
  );
  const url = new URL(filled);
  if (session.me !== undefined) {
    url.searchParams.set('user_id', session.me.username ?? session.me.id);
    url.searchParams.set('user_key', session.me.id);
  }
  return url.href;
}
