/** Judges documents by Atlassian's own schema of the Atlassian Document Format. */
import schema from '@atlaskit/adf-schema/dist/json-schema/v1/full.json';
import Ajv from 'ajv-draft-04';

const validate = new Ajv({ strict: false, allErrors: false }).compile(schema);

/** What is wrong with the document; empty when it is valid. */
export function adfErrors(doc: unknown): string[] {
  if (validate(doc) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
