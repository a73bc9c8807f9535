/** Notes in the audit log what a person asked for, before it is done, so that nothing happens without its entry. */
import { hashOfValue } from '#core/audit/chain';
import type { OwnPart } from '#core/audit/entry';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { updateConnection } from '../update-connection';
import { logAdmin } from './admin-log';

const longestMember = 200;

export interface Act {
  /** The synchronization. */
  id: string;
  /** Name of the call. */
  act: string;
  /** The account that asked. */
  who: string | undefined;
  request: Readonly<Record<string, unknown>>;
}

export async function noteAct(ports: Ports, { id, act, who, request }: Act): Promise<void> {
  await note(ports, id, { act, ...(who === undefined ? {} : { who }), about: aboutOf(request) });
}

/** What was asked for was not done. */
export async function noteRefusedAct(ports: Ports, { id, act }: Act, why: string): Promise<void> {
  await note(ports, id, { act, refused: why.slice(0, 500) });
}

async function note(ports: Ports, id: string, own: OwnPart): Promise<void> {
  let rows: StoreOperation[] = [];
  await updateConnection(
    ports,
    id,
    (row) => {
      const logged = logAdmin(ports, row, own);
      rows = logged.rows;
      return logged.row;
    },
    () => rows,
  );
}

/** Its plain members; values of fields, texts and long lists only by the hash of the whole. */
function aboutOf({ id: _id, ...request }: Readonly<Record<string, unknown>>): NonNullable<OwnPart['about']> {
  const about: NonNullable<OwnPart['about']> = {};
  for (const [name, value] of Object.entries(request)) {
    const isShort = typeof value === 'string' && value.length <= longestMember && !isContent(name);
    if (isShort || typeof value === 'number' || typeof value === 'boolean') about[name] = value;
  }
  return Object.keys(request).length === 0 ? {} : { ...about, request: hashOfValue(request) };
}

/** What people wrote, or what grants something. */
function isContent(name: string): boolean {
  return ['code', 'note', 'reason', 'description', 'value'].includes(name);
}
