/** Atlassian's design tokens as one style sheet, for the app's iframes and for the emulator's own pages. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Value of `data-theme` on `<html>`: which token sets are on; `data-color-mode` chooses light or dark among them. */
export const THEME_ATTRIBUTE =
  'dark:dark light:light motion:motion shape:shape spacing:spacing typography:typography';

const SETS = ['light', 'dark', 'spacing', 'shape', 'typography', 'motion'];

let sheet: string | undefined;

/** The style sheet, read once from the package's own theme files (its loader asks feature gates and logs about them). */
export function themeCss(): string {
  sheet ??= SETS.map(readSet).join('\n');
  return sheet;
}

const fromHere = createRequire(__filename);

function readSet(name: string): string {
  const root = dirname(fromHere.resolve('@atlaskit/tokens/package.json'));
  const path = join(root, 'dist/cjs/artifacts/themes', `atlassian-${name}.js`);
  const found: unknown = fromHere(path);
  if (
    typeof found === 'object' &&
    found !== null &&
    'default' in found &&
    typeof found.default === 'string'
  ) {
    return found.default;
  }
  throw new Error(`${path} holds no style sheet.`);
}
