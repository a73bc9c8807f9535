/** The Content-Security-Policy of Custom UI resources: Atlassian's own header, opened only for the emulator's origins. */
import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { World } from '../world-contract';

type Permissions = Parameters<CSPProcessingService['getCspDetails']>[1];

/**
 * The header for one HTML document of the app as seen from a site whose public host is `hostname`.
 * Differs from the cloud's in two places: local origins may frame it (the console shows sites in frames, and every
 * ancestor counts), and nothing is reported to Atlassian.
 */
export function resourceCsp(world: World, document: string, hostname: string): string {
  const processing = new CSPProcessingService(console, load);
  const details = processing.getCspDetails(document, world.app.permissions as Permissions);
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails: details,
    microsEnv: 'prod',
    hostname,
  });
  return directives
    .filter((directive) => !directive.startsWith('report-uri'))
    .map((directive) =>
      directive.startsWith('frame-ancestors ') ? `${directive} ${localOrigins(world).join(' ')}` : directive,
    )
    .join('; ');
}

function localOrigins(world: World): string[] {
  const addresses = [world.addresses.console, ...world.sites().map((each) => each.baseUrl)];
  const ports = new Set(addresses.map((address) => new URL(address).port));
  return ['127.0.0.1', 'localhost'].flatMap((host) => [...ports].map((port) => `http://${host}:${port}`));
}
