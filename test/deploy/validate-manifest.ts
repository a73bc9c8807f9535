/** Atlassian's own validator of manifests, the one that the CLI runs before a deployment. */
import { validate } from '@forge/manifest';
import { error, type Finding, warning } from './finding';

/** Reads manifest.yml of the working directory. The screens must be built, because the manifest names their folder. */
export async function validateManifest(): Promise<Finding[]> {
  const { success, errors = [] } = await validate();
  const findings = errors.map(({ level, line, column, message }) =>
    (level === 'error' ? error : warning)(`manifest.yml:${line}:${column}`, message),
  );
  const isSilent = !success && !findings.some(({ level }) => level === 'error');
  return isSilent
    ? [...findings, error('manifest.yml', 'the validator refuses it without a reason')]
    : findings;
}
