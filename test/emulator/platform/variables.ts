/** App variables (`forge variables`), which functions see as their environment. */
import { VARIABLE_LIMITS } from './limits';

/** Throws for what the platform does not take. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const entries = Object.entries(variables);
  if (entries.length > VARIABLE_LIMITS.variables) {
    throw new Error(`${entries.length} app variables, more than ${VARIABLE_LIMITS.variables}`);
  }
  for (const [key, value] of entries) {
    if (key.length > VARIABLE_LIMITS.keyChars) {
      throw new Error(`The name of app variable ${key} is over ${VARIABLE_LIMITS.keyChars} characters`);
    }
    if (Buffer.byteLength(value) > VARIABLE_LIMITS.valueBytes) {
      throw new Error(`App variable ${key} is over ${VARIABLE_LIMITS.valueBytes} bytes`);
    }
  }
}
