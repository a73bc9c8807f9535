/** What the parts of the mapping form share. */
import type { EditorMapping } from '../../../../../src/api/views';
import type { CatalogProject, Role } from './mapping-words';

export interface MappingProps {
  mapping: EditorMapping;
  onChange: (mapping: EditorMapping) => void;
  myRole: Role;
  /** The chosen projects, with their issue types and fields. */
  mine: CatalogProject | undefined;
  theirs: CatalogProject | undefined;
  /** The terms come from the partner: only what stands for them here can be chosen. */
  fixed: boolean;
  /** Name of the partner's site. */
  partner: string;
}
