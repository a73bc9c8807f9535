/** Fields of text, numbers and dates. */
import { adfToText, isEmptyAdf, isValidAdf, mediaIdsOf, resolveMentions } from '../adf';
import type { Body } from '../entities';
import { LONG_TEXT_CHARACTERS, SHORT_TEXT_CHARACTERS, SUMMARY_CHARACTERS } from '../limits';
import { Problem, refuse } from '../problem';
import { formatDayInWords, formatMoment, isDay, parseMoment } from '../time';
import { isDataCenter, type Session } from '../world';
import { asArray, asString, type Codec, FieldRefusal, type Side } from './codec';

const SET = ['set'] as const;
const LIST_OPERATIONS = ['add', 'set', 'remove'] as const;

/** Empty sides as recorded: system fields null, custom fields "" once they are emptied. */
export function emptySide(custom: boolean, cleared: boolean): Side {
  return custom && cleared ? { id: null, text: '' } : { id: null, text: null };
}

export const textCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (spot.field.id === 'summary') return parseSummary(input);
    if (input === null) return undefined;
    const text = asString(input);
    if (text.length > SHORT_TEXT_CHARACTERS) {
      throw new FieldRefusal('The entered text is too long. It exceeds the allowed limit of 255 characters.');
    }
    return text === '' ? undefined : text;
  },
  render: (stored) => stored,
  side: (stored, spot, cleared) =>
    stored === undefined ? emptySide(spot.field.custom, cleared) : { id: null, text: String(stored) },
};

function parseSummary(input: unknown): string {
  if (input === null || input === undefined)
    throw new FieldRefusal('You must specify a summary of the issue.');
  const text = asString(input).trim();
  if (text === '') throw new FieldRefusal('You must specify a summary of the issue.');
  if (/[\r\n]/.test(text))
    throw new FieldRefusal('The summary is invalid because it contains newline characters.');
  if (text.length > SUMMARY_CHARACTERS) throw new FieldRefusal('Summary must be less than 255 characters.');
  return text;
}

export const documentCodec: Codec = {
  operations: SET,
  parse(input, spot) {
    if (input === null || input === '') return undefined;
    const document = checkDocument(spot.session, input, spot.issueId);
    return isEmptyAdf(document) ? undefined : document;
  },
  render: (stored) => stored,
  side: (stored, spot, cleared) =>
    stored === undefined ? emptySide(spot.field.custom, cleared) : { id: null, text: adfToText(stored) },
};

/**
 * The document as Jira stores it, with mentions spelled out. Refuses a string, an invalid document, one that is
 * too long and one that shows a file which is not attached to the issue.
 */
export function checkDocument(session: Session, input: unknown, issueId: string | undefined): Body {
  if (isDataCenter(session)) return checkMarkup(input);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new FieldRefusal(
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    );
  }
  if (!isValidAdf(input)) throw refuse(400, 'INVALID_INPUT');
  if (adfToText(input).length > LONG_TEXT_CHARACTERS) {
    throw new FieldRefusal(
      'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    );
  }
  for (const mediaId of mediaIdsOf(input)) {
    const file = session.store.attachments.by('media', mediaId)[0];
    if (file === undefined || file.issueId !== issueId) {
      throw new Problem(400, { errorMessages: ['ATTACHMENT_VALIDATION_ERROR'], errors: {} });
    }
  }
  return resolveMentions(input, (accountId) => session.store.users.get(accountId)?.name);
}

/** Data Center keeps wiki markup as it was written. */
function checkMarkup(input: unknown): string {
  const text = asString(input);
  if (text.length > LONG_TEXT_CHARACTERS) {
    throw new FieldRefusal(
      'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    );
  }
  return text;
}

export const numberCodec: Codec = {
  operations: SET,
  parse(input) {
    if (input === null) return undefined;
    if (typeof input !== 'number' || !Number.isFinite(input))
      throw new FieldRefusal('Operation value must be a number');
    return input;
  },
  render: (stored) => stored,
  side: (stored, _spot, cleared) =>
    stored === undefined ? emptySide(true, cleared) : { id: null, text: String(stored) },
};

export const dateCodec: Codec = {
  operations: SET,
  parse(input) {
    if (input === null || input === '') return undefined;
    const day = asString(input);
    if (!isDay(day)) throw new FieldRefusal(`Error parsing date string: ${day}`);
    return day;
  },
  render: (stored) => stored,
  side(stored, spot, cleared) {
    // Recorded: a cleared due date is null, a cleared custom date is "".
    if (stored === undefined)
      return spot.field.custom && cleared ? { id: '', text: '' } : { id: null, text: null };
    const day = String(stored);
    return { id: day, text: spot.field.custom ? formatDayInWords(day) : `${day} 00:00:00.0` };
  },
};

export const datetimeCodec: Codec = {
  operations: SET,
  parse(input) {
    if (input === null || input === '') return undefined;
    const text = asString(input);
    const at = parseMoment(text);
    if (at === undefined) throw new FieldRefusal(`Error parsing time: ${text}`);
    return at;
  },
  render: (stored, session) => formatMoment(Number(stored), session.timeZone),
  side(stored, spot, cleared) {
    if (stored === undefined) return cleared ? { id: '', text: '' } : { id: null, text: null };
    const text = formatMoment(Number(stored), spot.session.timeZone);
    return { id: text, text };
  },
};

export const urlCodec: Codec = {
  operations: SET,
  parse(input) {
    if (input === null || input === '') return undefined;
    const text = asString(input);
    if (!URL.canParse(text)) throw new FieldRefusal('The URL specified is not valid.');
    return text;
  },
  render: (stored) => stored,
  side: (stored, _spot, cleared) =>
    stored === undefined ? emptySide(true, cleared) : { id: null, text: String(stored) },
};

export const labelsCodec: Codec = {
  operations: LIST_OPERATIONS,
  empty: [],
  parse(input) {
    if (input === null) return undefined;
    const labels = [...new Set(asArray(input).map(parseLabel))].sort();
    return labels.length === 0 ? undefined : labels;
  },
  render: (stored) => stored,
  // Recorded: ids null, texts joined by spaces, "" when there are none.
  side: (stored) => ({ id: null, text: stored === undefined ? '' : (stored as string[]).join(' ') }),
};

function parseLabel(input: unknown): string {
  const label = asString(input);
  if (/\s/.test(label)) throw new FieldRefusal(`The label '${label}' contains spaces which is invalid.`);
  if (label === '') throw new FieldRefusal('Labels cannot be empty.');
  if (label.length > SHORT_TEXT_CHARACTERS) {
    throw new FieldRefusal(`The label '${label}' exceeds the allowed limit of 255 characters.`);
  }
  return label;
}

/** Values that only Jira itself writes, such as the rank. */
export const fixedCodec: Codec = {
  operations: [],
  parse() {
    throw new FieldRefusal('This field cannot be set.');
  },
  render: (stored) => stored,
  side: (stored) => ({ id: null, text: stored === undefined ? null : String(stored) }),
};
