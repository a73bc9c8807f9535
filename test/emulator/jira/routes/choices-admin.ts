/** Priorities and resolutions: reading, making, changing, ordering and choosing the default one. */
import { z } from 'zod';
import { demandAdmin } from '../access';
import { freshId } from '../admin/fresh-id';
import { inPlace } from '../admin/places';
import { bodyAs } from '../admin/read-body';
import type { PriorityRow, ResolutionRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import type { Table } from '../table';
import { renderPriority, renderResolution } from '../views/choices';
import { requireUser } from '../world';
import { listParam, page } from './read-query';

export const choiceRoutes: readonly Route[] = [
  route('GET /rest/api/3/priority', (call) =>
    ok(inPlace(call.store.priorities.all()).map((row) => priorityInFull(call, row))),
  ),
  route('GET /rest/api/3/priority/search', searchPriorities, {
    level: 'partial',
    note: 'expand=schemes is refused: there are no priority schemes to show',
  }),
  route('POST /rest/api/3/priority', createPriority),
  route('PUT /rest/api/3/priority/default', (call) => setDefault(call, PRIORITY)),
  route('PUT /rest/api/3/priority/move', (call) => move(call, PRIORITY, call.store.priorities)),
  route('GET /rest/api/3/priority/{id}', (call) => {
    requireUser(call);
    return ok(priorityInFull(call, rowAt(call, PRIORITY, call.store.priorities)));
  }),
  route('PUT /rest/api/3/priority/{id}', updatePriority),
  route('GET /rest/api/3/resolution', (call) =>
    ok(inPlace(call.store.resolutions.all()).map((row) => renderResolution(call, row.id))),
  ),
  route('GET /rest/api/3/resolution/search', searchResolutions),
  route('POST /rest/api/3/resolution', createResolution),
  route('PUT /rest/api/3/resolution/default', (call) => setDefault(call, RESOLUTION)),
  route('PUT /rest/api/3/resolution/move', (call) => move(call, RESOLUTION, call.store.resolutions)),
  route('GET /rest/api/3/resolution/{id}', (call) =>
    ok(renderResolution(call, rowAt(call, RESOLUTION, call.store.resolutions).id)),
  ),
  route('PUT /rest/api/3/resolution/{id}', updateResolution),
];

const PRIORITY = 'priority';
const RESOLUTION = 'resolution';
type Kind = typeof PRIORITY | typeof RESOLUTION;
type ChoiceRow = PriorityRow | ResolutionRow;

function rowAt<R extends ChoiceRow>(
  call: Call,
  kind: Kind,
  table: Table<R>,
  id = call.params['id'] ?? '',
): R {
  const row = table.get(id);
  if (row === undefined) throw refuse(404, `The ${kind} with id '${id}' does not exist.`);
  return row;
}

/** Id of the choice that new issues get; undefined when administrators chose none. */
export function defaultOf(call: Call, kind: Kind): string | undefined {
  const value = call.store.settings.get(`default-${kind}`)?.value;
  return typeof value === 'string' ? value : undefined;
}

function priorityInFull(call: Call, row: PriorityRow): Record<string, unknown> {
  return {
    ...renderPriority(call, row.id),
    description: row.description,
    statusColor: row.statusColor,
    ...(row.avatarId === undefined ? {} : { avatarId: row.avatarId }),
    isDefault: defaultOf(call, PRIORITY) === row.id,
  };
}

function searchPriorities(call: Call): Reply {
  if (listParam(call, 'expand').includes('schemes'))
    throw refuse(400, 'The emulator knows no priority schemes.');
  const ids = listParam(call, 'id');
  const text = (call.query.get('priorityName') ?? '').toLowerCase();
  const onlyDefault = call.query.get('onlyDefault') === 'true';
  // Ids of projects that do not exist are ignored, by the document.
  const wanted = listParam(call, 'projectId');
  const offered = wanted.flatMap((id) => call.store.projects.get(id)?.priorityIds ?? []);
  const rows = inPlace(call.store.priorities.all())
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => wanted.length === 0 || offered.includes(row.id))
    .filter((row) => row.name.toLowerCase().includes(text))
    .filter((row) => !onlyDefault || defaultOf(call, PRIORITY) === row.id);
  const shown = page(call, 'priority/search', rows);
  return ok({ ...shown, values: shown.values.map((row) => priorityInFull(call, row)) });
}

function searchResolutions(call: Call): Reply {
  const ids = listParam(call, 'id');
  const onlyDefault = call.query.get('onlyDefault') === 'true';
  const standard = defaultOf(call, RESOLUTION);
  const rows = inPlace(call.store.resolutions.all())
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    .filter((row) => !onlyDefault || row.id === standard);
  const shown = page(call, 'resolution/search', rows);
  return ok({
    ...shown,
    values: shown.values.map((row) => ({ ...renderResolution(call, row.id), default: row.id === standard })),
  });
}

const name = z.string().trim().min(1).max(60);
const description = z.string().max(255).optional();
const statusColor = z.string().regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/);
const avatarId = z.number().int().optional();
const iconUrl = z.string().max(255).optional();

/** The document leaves these bodies open: what it does not name is ignored. */
const PriorityBody = z.object({ name, description, statusColor, avatarId, iconUrl });
const PriorityUpdate = PriorityBody.partial();
const ResolutionBody = z.object({ name, description });

function demandFreeName(kind: Kind, rows: readonly ChoiceRow[], wanted: string, exceptId?: string): void {
  const twin = rows.find((row) => row.name.toLowerCase() === wanted.toLowerCase() && row.id !== exceptId);
  if (twin !== undefined) throw refuse(400, `A ${kind} with the name '${wanted}' already exists.`);
}

function createPriority(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, PriorityBody);
  const all = call.store.priorities.all();
  demandFreeName(PRIORITY, all, body.name);
  const id = freshId(call.store, 'priority', (wanted) => call.store.priorities.get(wanted) !== undefined);
  call.store.priorities.put({
    id,
    name: body.name,
    description: body.description ?? '',
    statusColor: body.statusColor,
    sequence: 1 + Math.max(...all.map((row) => row.sequence ?? Number(row.id))),
    ...(body.avatarId === undefined ? {} : { avatarId: body.avatarId }),
  });
  // Projects that offer every priority have the default scheme, which takes each new one.
  for (const project of call.store.projects.all()) {
    if (all.every((row) => project.priorityIds.includes(row.id)))
      call.store.projects.put({ ...project, priorityIds: [...project.priorityIds, id] });
  }
  return created({ id });
}

function updatePriority(call: Call): Reply {
  demandAdmin(call);
  const row = rowAt(call, PRIORITY, call.store.priorities);
  const body = bodyAs(call, PriorityUpdate);
  if (Object.keys(body).length === 0) throw refuse(400, 'At least one property must be given.');
  if (body.name !== undefined) demandFreeName(PRIORITY, call.store.priorities.all(), body.name, row.id);
  call.store.priorities.put({
    ...row,
    name: body.name ?? row.name,
    description: body.description ?? row.description,
    statusColor: body.statusColor ?? row.statusColor,
    ...(body.avatarId === undefined ? {} : { avatarId: body.avatarId }),
  });
  return NO_CONTENT;
}

function createResolution(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, ResolutionBody);
  const all = call.store.resolutions.all();
  demandFreeName(RESOLUTION, all, body.name);
  const id = freshId(call.store, 'resolution', (wanted) => call.store.resolutions.get(wanted) !== undefined);
  const sequence = 1 + Math.max(...all.map((row) => row.sequence ?? Number(row.id)));
  call.store.resolutions.put({ id, name: body.name, description: body.description ?? '', sequence });
  return created({ id });
}

function updateResolution(call: Call): Reply {
  demandAdmin(call);
  const row = rowAt(call, RESOLUTION, call.store.resolutions);
  const body = bodyAs(call, ResolutionBody);
  demandFreeName(RESOLUTION, call.store.resolutions.all(), body.name, row.id);
  call.store.resolutions.put({ ...row, name: body.name, description: body.description ?? row.description });
  return NO_CONTENT;
}

const DefaultBody = z.strictObject({ id: z.string().nullable() });

/** Chooses the default; null erases the choice. */
function setDefault(call: Call, kind: Kind): Reply {
  demandAdmin(call);
  const { id } = bodyAs(call, DefaultBody);
  if (id !== null) rowAt<ChoiceRow>(call, kind, tableOf(call, kind), id);
  call.store.settings.put({ id: `default-${kind}`, value: id });
  if (kind === PRIORITY && id !== null) {
    for (const project of call.store.projects.all()) {
      if (project.priorityIds.includes(id)) call.store.projects.put({ ...project, defaultPriorityId: id });
    }
  }
  return NO_CONTENT;
}

function tableOf(call: Call, kind: Kind): Table<ChoiceRow> {
  const { priorities, resolutions } = call.store;
  return (kind === PRIORITY ? priorities : resolutions) as Table<ChoiceRow>;
}

const MoveBody = z.strictObject({
  ids: z.array(z.string()).min(1),
  after: z.string().optional(),
  position: z.string().optional(),
});

function move<R extends ChoiceRow>(call: Call, kind: Kind, table: Table<R>): Reply {
  demandAdmin(call);
  const body = bodyAs(call, MoveBody);
  if ((body.after === undefined) === (body.position === undefined))
    throw refuse(400, "Exactly one of 'after' and 'position' must be given.");
  const moved = body.ids.map((id) => rowAt(call, kind, table, id));
  const rest = inPlace(table.all()).filter((row) => !moved.includes(row));
  rest.splice(placeAmong(rest, body), 0, ...moved);
  for (const [sequence, row] of rest.entries()) table.put({ ...row, sequence });
  return NO_CONTENT;
}

function placeAmong(rest: readonly ChoiceRow[], body: z.infer<typeof MoveBody>): number {
  if (body.after === undefined) {
    if (body.position === 'First') return 0;
    if (body.position === 'Last') return rest.length;
    throw refuse(400, `Invalid position '${body.position}'.`);
  }
  const place = rest.findIndex((row) => row.id === body.after);
  if (place < 0) throw refuse(404, `The id '${body.after}' was not found.`);
  return place + 1;
}
