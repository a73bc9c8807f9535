/** Resolver of all pages and panels: one function `call`, whose requests and answers stand in src/api/calls.ts. */
import Resolver from '@forge/resolver';
import { composePatientPorts } from '../compose';
import { isJiraAdmin } from '../is-jira-admin';
import { answerCall } from './answer-call';
import { readCaller } from './caller';

const resolver = new Resolver();

resolver.define('call', ({ payload, context }) =>
  answerCall(composePatientPorts(), readCaller(context), payload, isJiraAdmin),
);

export const screens = resolver.getDefinitions();
