/** Three-way merge of rich text by top-level block (paragraph, list, table): edits that do not touch both count. */
import { diff3Merge } from 'node-diff3';
import type { Role } from '#core/model/role';
import type { Adf } from '#core/model/value';
import { canonicalJson } from './canonical-json';
import { normaliseAdf } from './normalise-adf';

export interface MergedText {
  value: Adf | null;
  /** True when edits touched and `prefer` decided at least one place. */
  touched: boolean;
}

/** Where edits touch (same block, or neighbouring ones), the blocks of `prefer` are taken. */
export function mergeText(texts: {
  base: Adf | null;
  primary: Adf | null;
  secondary: Adf | null;
  prefer: Role;
}): MergedText {
  const regions = diff3Merge(blocks(texts.primary), blocks(texts.base), blocks(texts.secondary), {
    excludeFalseConflicts: true,
  });
  const merged: string[] = [];
  let touched = false;
  for (const region of regions) {
    if (region.ok !== undefined) {
      merged.push(...region.ok);
    } else if (region.conflict !== undefined) {
      touched = true;
      merged.push(...(texts.prefer === 'primary' ? region.conflict.a : region.conflict.b));
    }
  }
  return { value: document(merged), touched };
}

function blocks(doc: Adf | null): string[] {
  return (normaliseAdf(doc)?.content ?? []).map(canonicalJson);
}

function document(merged: string[]): Adf | null {
  if (merged.length === 0) return null;
  return { type: 'doc', version: 1, content: merged.map((block) => JSON.parse(block)) };
}
