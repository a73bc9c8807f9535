/** Jira's permission keys, which seeds and routes share. */

export const GLOBAL_PERMISSIONS: readonly string[] = [
  'ADMINISTER',
  'SYSTEM_ADMIN',
  'USER_PICKER',
  'BULK_CHANGE',
  'CREATE_SHARED_OBJECTS',
  'MANAGE_GROUP_FILTER_SUBSCRIPTIONS',
];

export const PERMISSION_NAMES: Readonly<Record<string, string>> = {
  ADMINISTER: 'Administer Jira',
  SYSTEM_ADMIN: 'Jira System Administrators',
  USER_PICKER: 'Browse users and groups',
  BULK_CHANGE: 'Make bulk changes',
  CREATE_SHARED_OBJECTS: 'Share dashboards and filters',
  MANAGE_GROUP_FILTER_SUBSCRIPTIONS: 'Manage group filter subscriptions',
  BROWSE_PROJECTS: 'Browse Projects',
  ADMINISTER_PROJECTS: 'Administer Projects',
  CREATE_ISSUES: 'Create Issues',
  EDIT_ISSUES: 'Edit Issues',
  DELETE_ISSUES: 'Delete Issues',
  MOVE_ISSUES: 'Move Issues',
  ASSIGN_ISSUES: 'Assign Issues',
  ASSIGNABLE_USER: 'Assignable User',
  TRANSITION_ISSUES: 'Transition Issues',
  RESOLVE_ISSUES: 'Resolve Issues',
  CLOSE_ISSUES: 'Close Issues',
  SCHEDULE_ISSUES: 'Schedule Issues',
  MANAGE_SPRINTS_PERMISSION: 'Manage Sprints',
  MODIFY_REPORTER: 'Modify Reporter',
  LINK_ISSUES: 'Link Issues',
  SET_ISSUE_SECURITY: 'Set Issue Security',
  ADD_COMMENTS: 'Add Comments',
  EDIT_ALL_COMMENTS: 'Edit All Comments',
  EDIT_OWN_COMMENTS: 'Edit Own Comments',
  DELETE_ALL_COMMENTS: 'Delete All Comments',
  DELETE_OWN_COMMENTS: 'Delete Own Comments',
  CREATE_ATTACHMENTS: 'Create Attachments',
  DELETE_ALL_ATTACHMENTS: 'Delete All Attachments',
  DELETE_OWN_ATTACHMENTS: 'Delete Own Attachments',
  WORK_ON_ISSUES: 'Work On Issues',
  EDIT_ALL_WORKLOGS: 'Edit All Worklogs',
  EDIT_OWN_WORKLOGS: 'Edit Own Worklogs',
  DELETE_ALL_WORKLOGS: 'Delete All Worklogs',
  DELETE_OWN_WORKLOGS: 'Delete Own Worklogs',
  VIEW_VOTERS_AND_WATCHERS: 'View Voters and Watchers',
  MANAGE_WATCHERS: 'Manage Watchers',
};

export const PROJECT_PERMISSIONS: readonly string[] = Object.keys(PERMISSION_NAMES).filter(
  (key) => !GLOBAL_PERMISSIONS.includes(key),
);
