/** Screens, their tabs and the fields on them. */
import { z } from 'zod';
import { demandAdmin, projectOf } from '../access';
import { demandProjectAdmin, ordered } from '../admin/demand';
import { bodyAs, onlyAnswered } from '../admin/read-body';
import type { ScreenRow, ScreenTab } from '../admin/rows';
import { addScreen, DEFAULT_SCREEN_ID, fieldsOn, screenIdsOf, screensWith } from '../admin/screens';
import type { FieldRow } from '../entities';
import { refuse } from '../problem';
import { type Call, created, NO_CONTENT, ok, type Reply, type Route, route } from '../router';
import { listParam, numberParam, page } from './read-query';

export const screenRoutes: readonly Route[] = [
  route('GET /rest/api/3/screens', pageOfScreens),
  route('POST /rest/api/3/screens', createScreen),
  route('PUT /rest/api/3/screens/{screenId}', updateScreen),
  route('DELETE /rest/api/3/screens/{screenId}', deleteScreen),
  route('GET /rest/api/3/screens/{screenId}/availableFields', (call) => {
    demandAdmin(call);
    const taken = fieldsOn(screenAt(call));
    return ok(
      screenable(call)
        .filter((field) => !taken.includes(field.id))
        .map(fieldBrief),
    );
  }),
  route('POST /rest/api/3/screens/addToDefault/{fieldId}', addToDefault),
  route('GET /rest/api/3/field/{fieldId}/screens', screensOfField),
  route('GET /rest/api/3/screens/tabs', tabsOfScreens),
  route('GET /rest/api/3/screens/{screenId}/tabs', (call) => ok(seenScreen(call).tabs.map(tabBrief))),
  route('POST /rest/api/3/screens/{screenId}/tabs', createTab),
  route('PUT /rest/api/3/screens/{screenId}/tabs/{tabId}', renameTab),
  route('DELETE /rest/api/3/screens/{screenId}/tabs/{tabId}', deleteTab),
  route('POST /rest/api/3/screens/{screenId}/tabs/{tabId}/move/{pos}', moveTab),
  route('GET /rest/api/3/screens/{screenId}/tabs/{tabId}/fields', (call) => {
    const tab = tabAt(call, seenScreen(call));
    return ok(tab.fieldIds.map((id) => fieldBrief(call.store.fields.must(id))));
  }),
  route('POST /rest/api/3/screens/{screenId}/tabs/{tabId}/fields', addField, {
    without: ['skipFieldAssociation'],
  }),
  route('DELETE /rest/api/3/screens/{screenId}/tabs/{tabId}/fields/{id}', removeField),
  route('POST /rest/api/3/screens/{screenId}/tabs/{tabId}/fields/{id}/move', moveField),
];

const screenView = (row: ScreenRow) => ({
  id: Number(row.id),
  name: row.name,
  description: row.description,
});
const tabBrief = (tab: ScreenTab) => ({ id: Number(tab.id), name: tab.name });
const fieldBrief = (field: FieldRow) => ({ id: field.id, name: field.name });

/** Fields that can stand on a screen. */
function screenable(call: Call): FieldRow[] {
  return call.store.fields.all().filter((field) => field.orderable && field.trashed !== true);
}

function screenAt(call: Call): ScreenRow {
  const id = call.params['screenId'] ?? '';
  const screen = call.store.screens.get(id);
  if (screen === undefined) throw refuse(404, `Screen with id ${id} does not exist`);
  return screen;
}

/** The screen, also for those who administer the project named by `projectKey` that shows it. */
function seenScreen(call: Call): ScreenRow {
  const key = call.query.get('projectKey');
  if (key === null) demandAdmin(call);
  const screen = screenAt(call);
  if (key === null) return screen;
  const project = projectOf(call, key);
  demandProjectAdmin(call, project);
  if (!screenIdsOf(call.store, project).has(screen.id)) {
    throw refuse(404, `Screen with id ${screen.id} is not used by project ${project.key}`);
  }
  return screen;
}

function tabAt(call: Call, screen: ScreenRow): ScreenTab {
  const tab = screen.tabs.find((row) => row.id === call.params['tabId']);
  if (tab === undefined) throw refuse(404, `Screen tab with id ${call.params['tabId']} does not exist`);
  return tab;
}

function pageOfScreens(call: Call): Reply {
  demandAdmin(call);
  const ids = listParam(call, 'id');
  const scopes = listParam(call, 'scope');
  const text = (call.query.get('queryString') ?? '').toLowerCase();
  const rows = call.store.screens
    .all()
    .filter((row) => ids.length === 0 || ids.includes(row.id))
    // All projects are company-managed, so every screen is global.
    .filter(() => scopes.length === 0 || scopes.includes('GLOBAL'))
    .filter((row) => row.name.toLowerCase().includes(text));
  const sorted = ordered(call, rows, { id: (row) => Number(row.id), name: (row) => row.name });
  const shown = page(call, 'screens', sorted, 100);
  return ok({ ...shown, values: shown.values.map(screenView) });
}

const name = z.string().trim().min(1).max(255);
const ScreenBody = z.strictObject({ name, description: z.string().max(255).optional() });

function createScreen(call: Call): Reply {
  demandAdmin(call);
  const body = bodyAs(call, ScreenBody);
  demandFreeName(call, body.name, undefined);
  const id = addScreen(call.store, body.name, []);
  const row = call.store.screens.must(id);
  return created(screenView(call.store.screens.put({ ...row, description: body.description ?? '' })));
}

function demandFreeName(call: Call, wanted: string, exceptId: string | undefined): void {
  if (call.store.screens.all().some((row) => row.name === wanted && row.id !== exceptId)) {
    throw refuse(400, `A screen with the name '${wanted}' already exists.`);
  }
}

function updateScreen(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const body = bodyAs(call, ScreenBody.partial());
  if (body.name !== undefined) demandFreeName(call, body.name, screen.id);
  const next = { ...screen, name: body.name ?? screen.name };
  return ok(
    screenView(call.store.screens.put({ ...next, description: body.description ?? screen.description })),
  );
}

function deleteScreen(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const inScheme = call.store.screenSchemes
    .all()
    .some((scheme) => Object.values(scheme.screens).includes(screen.id));
  const inWorkflow = call.store.workflows
    .all()
    .some((workflow) => workflow.transitions.some((transition) => transition.screenId === screen.id));
  if (inScheme || inWorkflow || screen.id === DEFAULT_SCREEN_ID) {
    throw refuse(400, `The screen with id ${screen.id} is used in a screen scheme or a workflow.`);
  }
  call.store.screens.remove(screen.id);
  return NO_CONTENT;
}

function addToDefault(call: Call): Reply {
  demandAdmin(call);
  const id = call.params['fieldId'] ?? '';
  const screen = call.store.screens.must(DEFAULT_SCREEN_ID);
  const field = screenable(call).find((row) => row.id === id);
  if (field === undefined || fieldsOn(screen).includes(id)) {
    throw refuse(404, `The field with id ${id} does not exist or is already on the default screen.`);
  }
  const [first, ...rest] = screen.tabs;
  if (first === undefined) throw refuse(400, 'The default screen has no tab.');
  const tabs = [{ ...first, fieldIds: [...first.fieldIds, id] }, ...rest];
  call.store.screens.put({ ...screen, tabs });
  return ok({});
}

function screensOfField(call: Call): Reply {
  demandAdmin(call);
  const id = call.params['fieldId'] ?? '';
  if (call.store.fields.get(id) === undefined) throw refuse(404, 'The field was not found.');
  const withTab = listParam(call, 'expand').includes('tab');
  const shown = page(call, `field/${id}/screens`, screensWith(call.store, id), 100);
  return ok({
    ...shown,
    values: shown.values.map((screen) => {
      const tab = screen.tabs.find((row) => row.fieldIds.includes(id));
      return { ...screenView(screen), ...(withTab && tab !== undefined ? { tab: tabBrief(tab) } : {}) };
    }),
  });
}

function tabsOfScreens(call: Call): Reply {
  demandAdmin(call);
  const screenIds = listParam(call, 'screenId');
  const tabIds = listParam(call, 'tabId');
  const rows = call.store.screens
    .all()
    .filter((screen) => screenIds.length === 0 || screenIds.includes(screen.id))
    .flatMap((screen) => screen.tabs.map((tab) => ({ screen, tab })))
    .filter(({ tab }) => tabIds.length === 0 || tabIds.includes(tab.id))
    .map(({ screen, tab }) => ({ screenId: Number(screen.id), tabId: Number(tab.id), tabName: tab.name }));
  const startAt = numberParam(call, 'startAt', 0);
  const maxResults = Math.min(numberParam(call, 'maxResult', 100), 100);
  const values = rows.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= rows.length;
  return ok({ startAt, maxResults, total: rows.length, isLast, values });
}

const TabBody = z.strictObject({ name, ...onlyAnswered('id') });

function putTabs(call: Call, screen: ScreenRow, tabs: readonly ScreenTab[]): void {
  call.store.screens.put({ ...screen, tabs });
}

function createTab(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const body = bodyAs(call, TabBody);
  demandFreeTabName(screen, body.name, undefined);
  const tab = { id: call.store.nextId('screenTab'), name: body.name, fieldIds: [] };
  putTabs(call, screen, [...screen.tabs, tab]);
  return ok(tabBrief(tab));
}

function demandFreeTabName(screen: ScreenRow, wanted: string, exceptId: string | undefined): void {
  if (screen.tabs.some((tab) => tab.name === wanted && tab.id !== exceptId)) {
    throw refuse(400, `A tab with the name '${wanted}' already exists on this screen.`);
  }
}

function renameTab(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  const body = bodyAs(call, TabBody);
  demandFreeTabName(screen, body.name, tab.id);
  const next = { ...tab, name: body.name };
  putTabs(
    call,
    screen,
    screen.tabs.map((row) => (row.id === tab.id ? next : row)),
  );
  return ok(tabBrief(next));
}

function deleteTab(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  putTabs(
    call,
    screen,
    screen.tabs.filter((row) => row.id !== tab.id),
  );
  return NO_CONTENT;
}

function moveTab(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  const position = Number(call.params['pos']);
  if (!Number.isInteger(position) || position < 0 || position >= screen.tabs.length) {
    throw refuse(404, `The position ${call.params['pos']} is not one of this screen.`);
  }
  const rest = screen.tabs.filter((row) => row.id !== tab.id);
  rest.splice(position, 0, tab);
  putTabs(call, screen, rest);
  return NO_CONTENT;
}

const FieldBody = z.strictObject({ fieldId: z.string() });

function addField(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  const { fieldId } = bodyAs(call, FieldBody);
  const field = screenable(call).find((row) => row.id === fieldId);
  if (field === undefined) throw refuse(404, `The field with id ${fieldId} does not exist.`);
  if (fieldsOn(screen).includes(fieldId)) {
    throw refuse(400, `The field with id ${fieldId} already exists on the screen.`);
  }
  putFields(call, screen, tab, [...tab.fieldIds, fieldId]);
  return ok(fieldBrief(field));
}

function putFields(call: Call, screen: ScreenRow, tab: ScreenTab, fieldIds: readonly string[]): void {
  putTabs(
    call,
    screen,
    screen.tabs.map((row) => (row.id === tab.id ? { ...row, fieldIds } : row)),
  );
}

/** The field of the path, which must be on the tab. */
function fieldOnTab(call: Call, tab: ScreenTab): string {
  const id = call.params['id'] ?? '';
  if (!tab.fieldIds.includes(id)) throw refuse(404, `The field with id ${id} is not on the screen tab.`);
  return id;
}

function removeField(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  const gone = fieldOnTab(call, tab);
  putFields(
    call,
    screen,
    tab,
    tab.fieldIds.filter((id) => id !== gone),
  );
  return NO_CONTENT;
}

const MoveBody = z.strictObject({
  after: z.string().optional(),
  position: z.enum(['Earlier', 'Later', 'First', 'Last']).optional(),
});

function moveField(call: Call): Reply {
  demandAdmin(call);
  const screen = screenAt(call);
  const tab = tabAt(call, screen);
  const id = fieldOnTab(call, tab);
  const body = bodyAs(call, MoveBody);
  const rest = tab.fieldIds.filter((other) => other !== id);
  rest.splice(fieldPlace(body, tab, rest, id), 0, id);
  putFields(call, screen, tab, rest);
  return NO_CONTENT;
}

/** Place among the other fields of the tab; `after` wins over `position`. */
function fieldPlace(
  body: z.infer<typeof MoveBody>,
  tab: ScreenTab,
  rest: readonly string[],
  id: string,
): number {
  if (body.after !== undefined) {
    const place = rest.indexOf(body.after.split('/').pop() ?? '');
    if (place < 0) throw refuse(404, `The field cannot be moved after '${body.after}'.`);
    return place + 1;
  }
  const now = tab.fieldIds.indexOf(id);
  const target = { First: 0, Last: rest.length, Earlier: now - 1, Later: now + 1 };
  if (body.position === undefined) throw refuse(400, "One of 'after' and 'position' must be given.");
  const place = target[body.position];
  if (place < 0 || place > rest.length) throw refuse(404, 'The field is already at the edge of the tab.');
  return place;
}
