/** Takes pictures whose file is deleted out of the texts of an issue: Jira would show a hole there, and refuse later edits. */
import type { InlineFiles } from '#core/mapping/rich-text/inline-files';
import { nameFiles, readDocument } from '#core/mapping/rich-text/name-files';
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { canonicalJson } from '#core/merge/canonical-json';
import type { Pair } from '#core/model/pair';
import { adfSchema } from '#core/model/value';
import { type AgreedMapping, type Agreement, findMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { LocalFields } from '../ports/site';
import type { Session } from '../stream/session';
import { inlineFiles } from './inline-files';

/** The deletion is staged already. Two calls of Jira at most; what the texts say by the agreement stays the same. */
export async function tidyTexts(
  session: Session,
  agreement: Agreement,
  pair: Pair,
): Promise<Later | undefined> {
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined || pair.local === undefined) return undefined;
  const fieldIds = textFields(agreed);
  if (fieldIds.length === 0) return undefined;
  const { site } = session.ports;
  const read = await site.readIssue(pair.local.id, fieldIds);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : undefined;
  const { files, beforeReading } = inlineFiles(session, agreement, agreed);
  const raw = fieldIds.map((fieldId) => read.value.fields[fieldId]);
  const failed = await beforeReading(pair.local.id, raw, []);
  if (failed !== undefined) return failed;
  const fields = tidied(read.value.fields, fieldIds, files);
  if (Object.keys(fields).length === 0) return undefined;
  const written = await site.writeIssue(pair.local.id, fields, []);
  return written.ok || !isPassing(written.failure) ? undefined : later(written.failure);
}

function textFields({ mapping, binding }: AgreedMapping): string[] {
  const rich = new Set(mapping.fields.filter(({ kind }) => kind === 'richText').map(({ id }) => id));
  return binding.fields.filter(({ slot }) => rich.has(slot)).map(({ fieldId }) => fieldId);
}

/** Texts that differ from what they were. */
function tidied(raw: LocalFields, fieldIds: readonly string[], files: InlineFiles): LocalFields {
  const fields: LocalFields = {};
  for (const fieldId of fieldIds) {
    const doc = adfSchema.safeParse(raw[fieldId]);
    if (!doc.success || nameFiles(doc.data, files).lost === 0) continue;
    const tidy = toLocalDocument(readDocument(doc.data, files, []), doc.data, files);
    if (tidy.ok && canonicalJson(tidy.raw) !== canonicalJson(doc.data)) fields[fieldId] = tidy.raw;
  }
  return fields;
}
