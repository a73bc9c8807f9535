/** Everything that can be known of a deployment before it is tried. */
import { join } from 'node:path';
import { readAppManifest } from './app-manifest';
import type { Finding } from './finding';
import { runForgeLinters } from './forge-linters';
import { productFindings } from './product-rules';
import { serverFindings } from './server-rules';
import { validateManifest } from './validate-manifest';

/** Findings of all checks for the app in the folder `root`, which must be the working directory. */
export async function lintForge(root: string): Promise<Finding[]> {
  const manifest = readAppManifest(join(root, 'manifest.yml'));
  return [
    ...(await validateManifest()),
    ...(await runForgeLinters(root)),
    ...productFindings(root, manifest),
    ...serverFindings(root, manifest),
  ];
}
