/** The version of the package, checked against its package.json by a test. */
export const VERSION = "0.1.0";
