/** What `GET /__emulator/coverage` answers of Jira Cloud and of the Forge packages. */
import { type DocumentName, levelTotals, type MatrixRow, readMatrix } from './operation-matrix';
import { type CoverageLevel, SDK_SURFACE, type SdkCall } from './sdk-surface';

export interface CoverageAnswer {
  totals: Record<DocumentName | 'sdk', Record<CoverageLevel, number>>;
  operations: readonly MatrixRow[];
  sdk: readonly SdkCall[];
}

/** Reads the matrix; a test holds it against the routes. */
export function coverageAnswer(): CoverageAnswer {
  const operations = readMatrix();
  const totalsOf = (document: DocumentName) =>
    levelTotals(operations.filter((row) => row.document === document));
  return {
    totals: {
      platform: totalsOf('platform'),
      agile: totalsOf('agile'),
      beyond: totalsOf('beyond'),
      sdk: levelTotals(SDK_SURFACE),
    },
    operations,
    sdk: SDK_SURFACE,
  };
}
