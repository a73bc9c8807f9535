/** Reads the pairs of this site in the order of their ids, a page at a time; what is written meanwhile moves no page. */
import type { Row } from '../ports/store';
import type { Session } from '../stream/session';

/** Rows of one listing. */
const page = 100;
/** Sorts after every digit of an id. */
const afterAll = '~';
/** Sorts before every digit of an id. */
const firstRank = '-';

/** `last`: of the page before, empty at the beginning. Ids have one length, so what is added sorts between two of them. */
export async function listAfter(session: Session, last: string): Promise<Row[]> {
  const from = last === '' ? firstRank : `${last}-`;
  const request = { table: 'pair' as const, group: session.id, from, to: afterAll, limit: page };
  return (await session.ports.store.list(request)).rows;
}

export function lastOf(rows: readonly Row[]): string | undefined {
  return rows.at(-1)?.key.split(':').at(-1);
}
