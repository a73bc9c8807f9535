/** One thing that a check of the deployment found. */
export interface Finding {
  level: 'error' | 'warning';
  /** Relative to the repository, with a line where there is one. */
  where: string;
  message: string;
}

export function error(where: string, message: string): Finding {
  return { level: 'error', where, message };
}

export function warning(where: string, message: string): Finding {
  return { level: 'warning', where, message };
}
