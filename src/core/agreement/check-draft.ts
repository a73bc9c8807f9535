/** Checks a draft before it is published or confirmed: what could not work is said now, not by the first change. */
import { unknownPlaceholders } from '../mapping/fill-template';
import type { Catalog, CatalogField, CatalogType } from '../model/catalog';
import type { DraftMapping } from '../model/draft';

type DraftField = DraftMapping['fields'][number];

/** `blocking`: it cannot be published. `note`: it works, but part of it may not be what the admin wants. */
export interface Finding {
  level: 'blocking' | 'note';
  text: string;
}

/** `mine`: this site's catalog after scope. Mappings that are switched off are not looked at. */
export function checkDraft(drafts: DraftMapping[], mine: Catalog): Finding[] {
  const enabled = drafts.filter((draft) => draft.enabled);
  return [...checkOverlaps(enabled), ...enabled.flatMap((draft) => checkOne(draft, mine))];
}

/** An issue can belong to one mapping only: otherwise it would get two twins. */
function checkOverlaps(drafts: DraftMapping[]): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const draft of drafts) {
    for (const type of draft.types) {
      if (draft.mine === undefined || type.mine === undefined) continue;
      const place = `${draft.mine}:${type.mine}`;
      const other = seen.get(place);
      if (other !== undefined) {
        const text = `"${other}" and "${draft.label}" both take "${type.label}" of the same project. Keep it in one of them.`;
        findings.push(blocking(text));
      }
      seen.set(place, draft.label);
    }
  }
  return findings;
}

function checkOne(draft: DraftMapping, mine: Catalog): Finding[] {
  const name = `"${draft.label}"`;
  if (draft.mine === undefined) return [blocking(`${name}: choose a project of this site.`)];
  const project = mine.projects.find((candidate) => candidate.id === draft.mine);
  if (project === undefined) {
    return [blocking(`${name}: its project was deleted here, or your scope hides it.`)];
  }
  const bound = draft.types.filter((type) => type.mine !== undefined);
  if (bound.length === 0) return [blocking(`${name}: choose at least one issue type.`)];
  const missing = bound.filter((type) => !project.types.some((candidate) => candidate.id === type.mine));
  if (missing.length > 0) {
    const gone = missing.map((type) => `"${type.label}"`).join(', ');
    return [blocking(`${name}: the issue type for ${gone} was deleted here, or your scope hides it.`)];
  }
  const types = project.types.filter((type) => bound.some((candidate) => candidate.mine === type.id));
  return [
    ...checkSummary(draft, name),
    ...checkFieldTwice(draft, name),
    ...draft.fields.flatMap((field) => checkField(field, types, name)),
    ...checkFills(draft, types, name),
    ...checkAudiences(draft, name),
  ];
}

/** Jira makes no issue without a summary. */
function checkSummary(draft: DraftMapping, name: string): Finding[] {
  const summary = draft.fields.find((field) => field.kind === 'summary' && field.mine !== undefined);
  return summary === undefined
    ? [
        {
          level: 'blocking',
          text: `${name}: the summary must be shared, because Jira makes no issue without one.`,
        },
      ]
    : [];
}

function checkField(field: DraftField, types: CatalogType[], name: string): Finding[] {
  const label = `${name}, "${field.label}"`;
  if (field.mine === undefined) return [note(`${label} stands for no field here, so it is left out.`)];
  const found = types.flatMap((type) => type.fields.filter((candidate) => candidate.id === field.mine));
  const first = found[0];
  if (first === undefined)
    return [blocking(`${label}: its field does not exist here any more. Choose another.`)];
  if (field.mineUse?.as !== undefined) return checkShown(field.mineUse.as, first, label);
  if (first.kind !== field.kind) {
    return [blocking(`${label}: "${first.name}" holds another kind of value. Choose another field.`)];
  }
  const without = types.filter((type) => !type.fields.some((candidate) => candidate.id === field.mine));
  const names = without.map((type) => type.name).join(', ');
  const missing =
    without.length === 0 ? [] : [note(`${label} is not on the screen of ${names}; it would wait there.`)];
  return [...missing, ...checkOtherwise(field, found, label), ...checkValues(field, found, label)];
}

/** A field that only shows the value as text. */
function checkShown(as: 'text' | 'richText', local: CatalogField, label: string): Finding[] {
  return local.kind === as
    ? [note(`${label} is shown as text in "${local.name}"; what people write there does not travel.`)]
    : [blocking(`${label}: "${local.name}" is not a text field. Choose another field.`)];
}

/** Texts of fields that the agreement does not share. */
function checkFills(draft: DraftMapping, types: CatalogType[], name: string): Finding[] {
  const local = new Map(types.flatMap((type) => type.fields).map((field) => [field.id, field]));
  return (draft.fills ?? []).flatMap(({ fieldId, kind, text }) => {
    const field = local.get(fieldId);
    if (field === undefined)
      return [blocking(`${name}: the field for "${text.slice(0, 40)}" does not exist here.`)];
    if (field.kind !== kind) return [blocking(`${name}: "${field.name}" holds another kind of value.`)];
    if (text === '') return [note(`${name}, "${field.name}": nothing says yet what this field gets.`)];
    const fields = draft.fields.map(({ slot, label }) => ({ id: slot, label }));
    const unknown = unknownPlaceholders(text, fields);
    return unknown.map((one) => note(`${name}, "${field.name}": no shared field is called "${one}".`));
  });
}

/** What is written for whatever else has to be there. People and groups are not listed by the catalog. */
function checkOtherwise({ mineUse }: DraftField, found: CatalogField[], label: string): Finding[] {
  const options = found.flatMap((local) => local.options ?? []);
  const isKnown = options.some(({ id }) => id === mineUse?.otherwise);
  if (mineUse?.otherwise === undefined || isKnown || options.length === 0) return [];
  return [blocking(`${label}: what is written for whatever else does not exist here any more.`)];
}

/** Nobody here would be told. */
function checkAudiences({ commentTerms, audiences = [] }: DraftMapping, name: string): Finding[] {
  const open = (commentTerms?.audiences ?? []).filter(
    ({ id }) => !audiences.some(({ audience }) => audience === id),
  );
  return open.map(({ label }) =>
    note(`${name}: nothing here stands for the audience "${label}"; comments restricted to it would wait.`),
  );
}

/** A choice that stands for two values would come back as another one. */
function checkValues(field: DraftField, found: CatalogField[], label: string): Finding[] {
  if (field.values === undefined) return [];
  // People and groups are not listed by the catalog, so nothing can be said against them.
  const isListed = found.some((local) => local.options !== undefined);
  const options = new Map(found.flatMap((local) => local.options ?? []).map(({ id, name }) => [id, name]));
  const used = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { label: value, mine } of field.values) {
    for (const id of mine) {
      const wrong = checkLocal({ option: options.get(id), isListed, other: used.get(id), value });
      if (wrong !== undefined) findings.push(blocking(`${label}: ${wrong}`));
      used.set(id, value);
    }
  }
  const open = field.values.filter((value) => value.mine.length === 0).map((value) => `"${value.label}"`);
  const hasDefault = field.mineUse?.otherwise !== undefined || field.mineUse?.create === true;
  if (open.length > 0 && !hasDefault)
    findings.push(note(`${label}: nothing here stands for ${open.join(', ')}; it would wait.`));
  const unused = [...options].filter(([id]) => !used.has(id)).map(([, name]) => `"${name}"`);
  if (unused.length > 0 && field.byName === undefined)
    findings.push(note(`${label}: ${unused.join(', ')} would wait, having no counterpart.`));
  return findings;
}

function checkLocal(local: {
  option: string | undefined;
  isListed: boolean;
  other: string | undefined;
  value: string;
}): string | undefined {
  const { option, isListed, other, value } = local;
  if (option === undefined && isListed) return `what stands for "${value}" does not exist here any more.`;
  if (other === undefined) return undefined;
  return `"${option ?? 'one choice'}" stands for both "${other}" and "${value}".`;
}

/** Two slots on one field would undo each other. */
function checkFieldTwice(draft: DraftMapping, name: string): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const field of draft.fields) {
    if (field.mine === undefined) continue;
    const other = seen.get(field.mine);
    if (other !== undefined) {
      findings.push(blocking(`${name}: "${other}" and "${field.label}" stand for the same field here.`));
    }
    seen.set(field.mine, field.label);
  }
  return findings;
}

function blocking(text: string): Finding {
  return { level: 'blocking', text };
}

function note(text: string): Finding {
  return { level: 'note', text };
}
