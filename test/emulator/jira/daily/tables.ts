/** The tables behind daily use of a site. */
import type { MakeTable } from '../admin/tables';
import type * as rows from './rows';

/** All of them, empty. */
export function dailyTables(make: MakeTable) {
  return {
    tasks: make<rows.TaskRow>(),
    userSettings: make<rows.UserSettingsRow>(),
    deletedWorklogs: make<rows.DeletedWorklogRow>(),
  };
}
