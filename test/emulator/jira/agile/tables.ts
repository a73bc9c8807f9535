/** The tables of Jira Software; sprints stand with the fields of issues, which refer to them. */
import type { MakeTable } from '../table';
import type * as rows from './rows';

/** All of them, empty. */
export function agileTables(make: MakeTable) {
  return {
    boards: make<rows.BoardRow>(),
    epics: make<rows.EpicRow>(),
  };
}
