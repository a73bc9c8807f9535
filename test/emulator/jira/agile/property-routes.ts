/** Entity properties of boards and sprints. */
import { checkProperty } from '../issues/commit';
import { refuse } from '../problem';
import { type Call, NO_CONTENT, ok, type Route, route } from '../router';
import { boardAt, demandSprints, sprintAt } from './find';
import { agileUrl, mayEditBoard } from './views';

type Properties = Readonly<Record<string, unknown>>;

interface Holder {
  path: string;
  properties: Properties;
  /** Throws when the caller may not change them. */
  demandWrite(): void;
  store(next: Properties): void;
}

export const agilePropertyRoutes: readonly Route[] = [
  ...routesFor('/rest/agile/1.0/board/{boardId}/properties', boardHolder),
  ...routesFor('/rest/agile/1.0/sprint/{sprintId}/properties', sprintHolder),
];

function routesFor(base: string, holderOf: (call: Call) => Holder): Route[] {
  return [
    route(`GET ${base}`, (call) => {
      const { path, properties } = holderOf(call);
      const keys = Object.keys(properties).map((key) => ({
        self: agileUrl(call, `${path}/${encodeURIComponent(key)}`),
        key,
      }));
      return ok({ keys });
    }),
    route(`GET ${base}/{propertyKey}`, (call) => {
      const { properties } = holderOf(call);
      const key = knownKey(call, properties);
      return ok({ key, value: properties[key] });
    }),
    route(`PUT ${base}/{propertyKey}`, (call) => {
      const holder = holderOf(call);
      holder.demandWrite();
      const key = call.params['propertyKey'] ?? '';
      const isNew = !Object.hasOwn(holder.properties, key);
      holder.store({ ...holder.properties, [key]: checkProperty(key, call.body) });
      return { status: isNew ? 201 : 200 };
    }),
    route(`DELETE ${base}/{propertyKey}`, (call) => {
      const holder = holderOf(call);
      holder.demandWrite();
      const { [knownKey(call, holder.properties)]: _gone, ...rest } = holder.properties;
      holder.store(rest);
      return NO_CONTENT;
    }),
  ];
}

function knownKey(call: Call, properties: Properties): string {
  const key = call.params['propertyKey'] ?? '';
  if (!Object.hasOwn(properties, key)) throw refuse(404, `The property '${key}' does not exist.`);
  return key;
}

function boardHolder(call: Call): Holder {
  const board = boardAt(call);
  return {
    path: `board/${board.id}/properties`,
    properties: board.properties,
    demandWrite() {
      // The document has no 403 here: who may not change the board does not find what to change.
      if (!mayEditBoard(call, board))
        throw refuse(404, 'Board does not exist or you do not have permission to change it.');
    },
    store: (properties) => call.store.boards.put({ ...board, properties }),
  };
}

function sprintHolder(call: Call): Holder {
  const sprint = sprintAt(call);
  return {
    path: `sprint/${sprint.id}/properties`,
    properties: sprint.properties ?? {},
    demandWrite: () => demandSprints(call, sprint.boardId),
    store: (properties) => call.store.sprints.put({ ...sprint, properties }),
  };
}
