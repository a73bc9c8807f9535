/** Forge entry: the handlers of manifest.yml. */
export { work } from '#forge/consumers/work';
export { screens } from '#forge/resolvers/screens';
export { sweep } from '#forge/scheduled/sweep';
export { farewell, installed } from '#forge/triggers/lifecycle';
export { noteAttachment, noteComment, noteIssue, noteWorklog } from '#forge/triggers/note-events';
export { receiveDirectory, receivePartner } from '#forge/webtriggers/receive';
