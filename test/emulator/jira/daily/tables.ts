/** The tables behind daily use of a site. */
import type { MakeTable } from '../table';
import type * as rows from './rows';

/** All of them, empty. */
export function dailyTables(make: MakeTable) {
  return {
    views: make<rows.ViewRow>(),
    tasks: make<rows.TaskRow>(),
    userSettings: make<rows.UserSettingsRow>(),
    deletedWorklogs: make<rows.DeletedWorklogRow>(),
  };
}
