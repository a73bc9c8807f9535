/** The app's own life: registering with the directory when it comes, saying goodbye to partners before it goes. */
import { farewell as sayGoodbye } from '#engine/connect/farewell';
import { registerSite } from '#engine/directory/register-site';
import { composePorts } from '../compose';

/** Jira may refuse the app user for minutes after an installation; the sweep registers later if this fails. */
export async function installed(): Promise<void> {
  await registerSite(composePorts());
}

export async function farewell(): Promise<void> {
  await sayGoodbye(composePorts());
}
