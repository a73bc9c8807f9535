/** Which scopes each Jira operation needs: the facts of Jira's OpenAPI documents, kept in `scope-table.txt`. */
import { readFileSync } from 'node:fs';
import { compile, match } from '../jira/route-table';
import { SCOPE_TABLE_FILE } from './derive-scope-table';

/** What a call needs: all scopes of one of the two lists. `undefined` = there is no such list. */
export interface ScopeNeed {
  /** `GET /rest/api/3/issue/{issueIdOrKey}` */
  operation: string;
  classic: readonly string[] | undefined;
  granular: readonly string[] | undefined;
}

function scopesOf(cell: string | undefined): readonly string[] | undefined {
  if (cell === undefined || cell === '-') return undefined;
  return cell === 'any' ? [] : cell.split(' ');
}

function readTable(): ScopeNeed[] {
  const lines = readFileSync(SCOPE_TABLE_FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [operation = '', classic, granular] = line.split('\t');
    return { operation, classic: scopesOf(classic), granular: scopesOf(granular) };
  });
}

/** Every operation of Jira's documents. */
export const SCOPE_TABLE: readonly ScopeNeed[] = readTable();
const compiled = SCOPE_TABLE.map(compile);

/** What the documents say of a call; `undefined` = they do not know the operation. The query does not matter. */
export function scopeNeedOf(method: string, path: string): ScopeNeed | undefined {
  const canonical = path.replace(/\?.*$/, '').replace(/^\/rest\/api\/(2|latest)\//, '/rest/api/3/');
  return match(compiled, method === 'HEAD' ? 'GET' : method, canonical)?.entry.route;
}
