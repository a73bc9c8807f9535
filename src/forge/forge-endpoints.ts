/** The Endpoints port: this installation's own webtrigger addresses and the directory's. */
import { getAppContext, webTrigger } from '@forge/api';
import type { Endpoints } from '#engine/ports/world';

export const forgeEndpoints: Endpoints = {
  partner: () => webTrigger.getUrl('partner'),
  directory,
  home: () => getAppContext().installationAri.toString(),
  async isDirectory() {
    const configured = directory();
    return configured !== undefined && configured === (await webTrigger.getUrl('directory'));
  },
};

/** The app variable DIRECTORY_URL: `forge variables set DIRECTORY_URL <address>`. */
function directory(): string | undefined {
  const configured = process.env['DIRECTORY_URL']?.trim();
  return configured === undefined || configured === '' ? undefined : configured;
}
