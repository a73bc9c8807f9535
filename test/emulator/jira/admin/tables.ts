/** The tables behind a site's administration. */
import type { MakeTable } from '../table';
import type * as rows from './rows';

/** All of them, empty. */
export function adminTables(make: MakeTable) {
  return {
    categories: make<rows.CategoryRow>(),
    screens: make<rows.ScreenRow>(),
    screenSchemes: make<rows.ScreenSchemeRow>(),
    typeScreenSchemes: make<rows.IssueTypeScreenSchemeRow>(),
    issueTypeSchemes: make<rows.IssueTypeSchemeRow>(),
    workflowSchemes: make<rows.WorkflowSchemeRow>(),
    permissionSchemes: make<rows.PermissionSchemeRow>(),
    securitySchemes: make<rows.SecuritySchemeRow>(),
    settings: make<rows.SettingRow>(),
    defaultActors: make<rows.DefaultActorsRow>(),
  };
}
