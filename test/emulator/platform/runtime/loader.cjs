/** Bundled as `__forge__.cjs`: the entry of a function instance. Loads the wrapper which lies beside the app. */
const { join } = require('node:path');

const directory = process.env.FORGE_EFS_RUNTIME_PATH || __dirname;
const wrapper = process.env.FORGE_CUSTOM_WRAPPER_FILE_NAME || '__forge_wrapper__.cjs';

exports.main = require(join(directory, wrapper)).main;
