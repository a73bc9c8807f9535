// A field's value as a person reads it.
import { renderAdf } from '../adf/view.js';
import { h } from '../dom.js';
import { kindOf } from './kinds.js';

const none = () => h('span', { class: 'subtle' }, 'None');

/** Element for a value of a field; `null` and empty lists say None. */
export function showValue(value, schema, options = {}) {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
    return none();
  }
  if (Array.isArray(value)) {
    return h(
      'span',
      { class: 'tags' },
      value.map((each) => h('span', { class: 'tag' }, one(each))),
    );
  }
  if (typeof value === 'object' && value.type === 'doc') {
    return renderAdf(value, options);
  }
  return shaped(value, kindOf(schema));
}

function shaped(value, kind) {
  switch (kind) {
    case 'user':
      return person(value);
    case 'url':
      return h('a', { href: /^https?:/i.test(value) ? value : undefined, rel: 'noopener' }, value);
    case 'datetime':
      return h('time', { datetime: value }, moment(value));
    case 'cascade':
      return h('span', {}, value.child ? `${value.value} › ${value.child.value}` : value.value);
    case 'time':
      return h('span', {}, `${value.timeSpent ?? '0m'} of ${value.originalEstimate ?? 'no estimate'}`);
    case 'issue':
      return issueLink(value);
    default:
      return h('span', {}, one(value));
  }
}

function one(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  return value.displayName ?? value.name ?? value.value ?? value.key ?? JSON.stringify(value);
}

/** Name with a round of initials. */
export function person(user) {
  if (!user) return h('span', { class: 'subtle' }, 'Unassigned');
  return h(
    'span',
    { class: 'person', 'data-account': user.accountId },
    h('span', { class: 'avatar', 'aria-hidden': true }, initials(user.displayName ?? '?')),
    user.displayName ?? user.accountId,
  );
}

function initials(name) {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
}

/** Link to an issue with its summary. */
export function issueLink(issue) {
  return h(
    'span',
    { class: 'issue-link' },
    h('a', { href: `/browse/${issue.key}` }, issue.key),
    ' ',
    h('span', {}, issue.fields?.summary ?? ''),
  );
}

/** A status in its category's colour. */
export function statusLozenge(status) {
  const category = status?.statusCategory?.key ?? 'new';
  return h('span', { class: `lozenge status-${category}`, 'data-testid': 'status' }, status?.name ?? '?');
}

/** A moment as people say it, with the exact one as a title. */
export function moment(text) {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}

export function moments(text) {
  return h('time', { datetime: text, title: text }, moment(text));
}
