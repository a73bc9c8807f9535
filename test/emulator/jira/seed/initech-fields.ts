/** Custom fields of initech. */
import type { FieldSeed } from './seed-types';

export const INITECH_FIELDS: readonly FieldSeed[] = [
  {
    number: 10200,
    name: 'Severity',
    kind: 'option',
    suffix: 'select',
    type: 'option',
    contexts: [{ name: 'Default Configuration Scheme for Severity', options: ['Blocker', 'Major', 'Minor'] }],
  },
  {
    number: 10201,
    name: 'Platforms',
    kind: 'options',
    suffix: 'multicheckboxes',
    type: 'array',
    items: 'option',
    contexts: [
      { name: 'Default Configuration Scheme for Platforms', options: ['Linux', 'Windows', 'Mainframe'] },
    ],
  },
  { number: 10202, name: 'Story Points', kind: 'number', suffix: 'float', type: 'number' },
  { number: 10203, name: 'Release Note', kind: 'document', suffix: 'textarea', type: 'string' },
  { number: 10204, name: 'Build', kind: 'text', suffix: 'textfield', type: 'string' },
  { number: 10205, name: 'Found On', kind: 'date', suffix: 'datepicker', type: 'date' },
  { number: 10206, name: 'Outage Start', kind: 'datetime', suffix: 'datetime', type: 'datetime' },
  { number: 10207, name: 'Reviewer', kind: 'user', suffix: 'userpicker', type: 'user' },
  {
    number: 10208,
    name: 'Approvers',
    kind: 'users',
    suffix: 'multiuserpicker',
    type: 'array',
    items: 'user',
  },
  { number: 10209, name: 'Runbook', kind: 'url', suffix: 'url', type: 'string' },
  {
    number: 10210,
    name: 'Area',
    kind: 'cascade',
    suffix: 'cascadingselect',
    type: 'option-with-child',
    contexts: [
      {
        name: 'Default Configuration Scheme for Area',
        options: [
          ['Backend', ['Batch', 'API']],
          ['Frontend', ['Portal', 'Kiosk']],
        ],
      },
    ],
  },
  {
    number: 10211,
    name: 'Tags',
    kind: 'labels',
    suffix: 'labels',
    type: 'array',
    items: 'string',
  },
  {
    number: 10212,
    name: 'Cover Sheet',
    kind: 'option',
    suffix: 'radiobuttons',
    type: 'option',
    contexts: [
      { name: 'Configuration for TPS', projects: ['TPS'], options: ['Attached', 'Missing', 'Old form'] },
    ],
  },
];
