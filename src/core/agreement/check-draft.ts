/** Checks a draft before it is published or confirmed: what could not work is said now, not by the first change. */
import type { Catalog, CatalogType } from '../model/catalog';
import type { DraftMapping } from '../model/draft';

/** `blocking`: it cannot be published. `note`: it works, but part of it may not be what the admin wants. */
export interface Finding {
  level: 'blocking' | 'note';
  text: string;
}

/** `mine`: this site's catalog after scope. */
export function checkDraft(drafts: DraftMapping[], mine: Catalog): Finding[] {
  return [...checkOverlaps(drafts), ...drafts.flatMap((draft) => checkOne(draft, mine))];
}

/** An issue can belong to one mapping only: otherwise it would get two twins. */
function checkOverlaps(drafts: DraftMapping[]): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const draft of drafts.filter((candidate) => candidate.enabled)) {
    for (const type of draft.types) {
      if (draft.mine === undefined || type.mine === undefined) continue;
      const place = `${draft.mine}:${type.mine}`;
      const other = seen.get(place);
      if (other !== undefined) {
        const text = `"${other}" and "${draft.label}" both take "${type.label}" of the same project. Keep it in one of them.`;
        findings.push({ level: 'blocking', text });
      }
      seen.set(place, draft.label);
    }
  }
  return findings;
}

function checkOne(draft: DraftMapping, mine: Catalog): Finding[] {
  const name = `"${draft.label}"`;
  const blocking = (text: string): Finding => ({ level: 'blocking', text: `${name}: ${text}` });
  if (draft.mine === undefined) return [blocking('choose a project of this site.')];
  const project = mine.projects.find((candidate) => candidate.id === draft.mine);
  if (project === undefined) {
    return [blocking('its project is not visible any more. It was deleted, or your scope hides it.')];
  }
  const bound = draft.types.filter((type) => type.mine !== undefined);
  if (bound.length === 0) return [blocking('choose at least one issue type.')];
  const missing = bound.filter((type) => !project.types.some((candidate) => candidate.id === type.mine));
  if (missing.length > 0) {
    return missing.map((type) =>
      blocking(`the issue type for "${type.label}" does not exist in ${project.key} any more.`),
    );
  }
  const types = project.types.filter((type) => bound.some((candidate) => candidate.mine === type.id));
  return [...checkSummary(draft, name), ...draft.fields.flatMap((field) => checkField(field, types, name))];
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

function checkField(field: DraftMapping['fields'][number], types: CatalogType[], name: string): Finding[] {
  if (field.mine === undefined) {
    return [
      { level: 'note', text: `${name}: "${field.label}" stands for no field here, so it is left out.` },
    ];
  }
  const found = types.flatMap((type) => type.fields.filter((candidate) => candidate.id === field.mine));
  const first = found[0];
  if (first === undefined) {
    const text = `${name}: the field behind "${field.label}" does not exist here any more. Choose another.`;
    return [{ level: 'blocking', text }];
  }
  if (first.kind !== field.kind) {
    const text = `${name}: "${first.name}" holds another kind of value than "${field.label}".`;
    return [{ level: 'blocking', text }];
  }
  const open = field.values?.filter((value) => value.mine.length === 0) ?? [];
  if (open.length === 0) return [];
  const values = open.map((value) => `"${value.label}"`).join(', ');
  return [
    {
      level: 'note',
      text: `${name}: ${field.label} ${values} stands for nothing here and would wait as a problem.`,
    },
  ];
}
