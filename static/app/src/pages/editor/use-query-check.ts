/** Has Jira read a query a moment after the last key. */
import { useEffect, useState } from 'react';
import { callPatiently } from '../../api';

const pauseMs = 600;

/** What is wrong with it, in Jira's words; undefined while nothing is known to be. */
export function useQueryCheck(jql: string): string | undefined {
  const [wrong, setWrong] = useState<{ jql: string; text: string }>();
  useEffect(() => {
    if (jql.trim() === '') return;
    let isOld = false;
    const timer = setTimeout(async () => {
      const answer = await callPatiently('checkQuery', { jql });
      if (isOld) return;
      const errors = answer.ok ? answer.value.errors : [answer.error.message];
      setWrong(errors.length === 0 ? undefined : { jql, text: errors.join(' ') });
    }, pauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [jql]);
  return wrong?.jql === jql ? wrong.text : undefined;
}
