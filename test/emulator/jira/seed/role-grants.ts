/** What the roles of the seeded permission schemes may do. */
import { PROJECT_PERMISSIONS } from '../routes/permission-names';

/** People who do the work: everything but administration and other people's texts. */
export const MEMBER_GRANTS: readonly string[] = PROJECT_PERMISSIONS.filter(
  (key) =>
    !['ADMINISTER_PROJECTS', 'DELETE_ISSUES', 'SET_ISSUE_SECURITY'].includes(key) && !/_ALL_/.test(key),
);

export const VIEWER_GRANTS: readonly string[] = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'ADD_COMMENTS',
  'EDIT_OWN_COMMENTS',
  'CREATE_ATTACHMENTS',
  'VIEW_VOTERS_AND_WATCHERS',
];

/** Jira's default scheme gives the role of apps everything in the project; an app is nobody's assignee. */
export const APP_GRANTS: readonly string[] = PROJECT_PERMISSIONS.filter((key) => key !== 'ASSIGNABLE_USER');
