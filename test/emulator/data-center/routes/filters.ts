/** Saved filters of Data Center: each person's own, shared with nobody. */

import type { FilterRow } from '../../jira/entities';
import { jqlEnv } from '../../jira/jql-site';
import { Problem, refuse, refuseFields } from '../../jira/problem';
import { type Call, NO_CONTENT, ok, type Reply, type Route, route } from '../../jira/router';
import { renderUserIn } from '../../jira/views/people';
import { requireUser, selfUrl, siteUrl } from '../../jira/world';
import { compileJql } from '../../jql/compile-jql';
import { readBodyRecord, textIn } from '../read-record';

const NOTE = { level: 'partial', note: 'filters are private: no shares, columns or subscriptions' } as const;

export const serverFilterRoutes: readonly Route[] = [
  route('POST /rest/api/2/filter', createFilter, NOTE),
  route(
    'GET /rest/api/2/filter/favourite',
    (call) => {
      const me = requireUser(call);
      const mine = call.store.filters.all().filter((row) => row.favouriteOf.includes(me.id));
      return ok(mine.map((row) => filterBean(call, row)));
    },
    NOTE,
  ),
  route('GET /rest/api/2/filter/{id}', (call) => ok(filterBean(call, filterAt(call))), NOTE),
  route(
    'PUT /rest/api/2/filter/{id}',
    (call) => {
      const old = filterAt(call);
      return ok(filterBean(call, call.store.filters.put({ ...old, ...readFilter(call, old) })));
    },
    NOTE,
  ),
  route(
    'DELETE /rest/api/2/filter/{id}',
    (call) => {
      call.store.filters.remove(filterAt(call).id);
      return NO_CONTENT;
    },
    NOTE,
  ),
];

const KNOWN = [
  'name',
  'description',
  'jql',
  'favourite',
  'id',
  'self',
  'owner',
  'viewUrl',
  'searchUrl',
  'editable',
  'sharePermissions',
  'sharedUsers',
  'subscriptions',
];

/** The parts of a filter that a request sets; a query must be valid. */
function readFilter(call: Call, old: FilterRow | undefined) {
  const body = readBodyRecord(call, KNOWN);
  const shares = body['sharePermissions'];
  if (Array.isArray(shares) && shares.length > 0) throw refuse(400, 'The emulator does not share filters.');
  const name = textIn(body, 'name') ?? old?.name ?? '';
  if (name.trim() === '')
    throw refuseFields({ filterName: 'You must specify a name to save this filter as.' });
  const jql = textIn(body, 'jql') ?? old?.jql ?? '';
  const compiled = compileJql(jql, jqlEnv(call));
  if (!compiled.ok) throw new Problem(400, { errorMessages: [...compiled.errorMessages], errors: {} });
  const me = requireUser(call);
  const others = (old?.favouriteOf ?? []).filter((id) => id !== me.id);
  const favourite = body['favourite'] ?? old?.favouriteOf.includes(me.id) ?? false;
  return {
    name,
    jql,
    description: textIn(body, 'description') ?? old?.description ?? '',
    favouriteOf: favourite === true ? [...others, me.id] : others,
  };
}

function createFilter(call: Call): Reply {
  const me = requireUser(call);
  const values = readFilter(call, undefined);
  const twin = call.store.filters.all().find((row) => row.ownerId === me.id && row.name === values.name);
  if (twin !== undefined) throw refuseFields({ filterName: 'Filter with same name already exists.' });
  const row = call.store.filters.put({ id: call.store.nextId('filter'), ownerId: me.id, ...values });
  // The document gives 200 for a new filter.
  return ok(filterBean(call, row));
}

function filterAt(call: Call): FilterRow {
  const me = requireUser(call);
  const row = call.store.filters.get(call.params['id']);
  if (row === undefined || row.ownerId !== me.id) {
    throw refuse(
      400,
      'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
    );
  }
  return row;
}

function filterBean(call: Call, row: FilterRow): Record<string, unknown> {
  return {
    self: selfUrl(call, `filter/${row.id}`),
    id: row.id,
    name: row.name,
    description: row.description,
    owner: renderUserIn(call, row.ownerId),
    jql: row.jql,
    viewUrl: siteUrl(call, `/issues/?filter=${row.id}`),
    searchUrl: selfUrl(call, `search?jql=${encodeURIComponent(row.jql)}`),
    favourite: row.favouriteOf.includes(call.me?.id ?? ''),
    sharePermissions: [],
    editable: true,
    sharedUsers: { size: 0, items: [], 'max-results': 1000, 'start-index': 0, 'end-index': 0 },
  };
}
