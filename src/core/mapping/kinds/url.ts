/** Fields for a web address. */
import { defineKind } from '../kind';
import { textKind } from './text';

/** As Jira takes them; a `javascript:` address of a partner must never become a link that somebody clicks. */
const webAddress = /^(https?|ftp):\/\/[^\s<>"]+$/i;

export const urlKind = defineKind({
  type: 'text',
  toContract: textKind.toContract,
  toLocal(text, { field }) {
    if (text === '') return { ok: true, raw: null };
    if (webAddress.test(text)) return { ok: true, raw: text };
    return {
      ok: false,
      reason: `${field.label} takes web addresses (https://...), not "${text.slice(0, 100)}".`,
    };
  },
  fromText: (text) => text,
});
